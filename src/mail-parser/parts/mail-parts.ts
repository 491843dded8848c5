/** The MIME tree of a mail whose leaves stream by. */
import { problems, unreadable } from '../problems.ts';
import { disposition, fileName, partType, typeParameter } from './content-fields.ts';
import { type HeaderFields, readHeaderFields } from './header-fields.ts';
import { Scanner } from './scanner.ts';
import { decoded } from './transfer-encoding.ts';

/** A data message has at most a hundred files (isds §6.3); logos, alternatives and multiparts come on top. */
export const MAX_PARTS = 500;

/** Mail programs nest four or five deep; twenty leaves room for forwarding and mailing list software. */
const MAX_NESTING = 20;

/** A leaf as it streams in. */
export interface ArrivingPart {
  readonly headers: HeaderFields;
  readonly type: string;
  readonly disposition: string | undefined;
  /** Decoded, but not yet trusted. */
  readonly fileName: string | undefined;
  /** Decoded. */
  readonly content: AsyncIterable<Buffer>;
}

/** A node of the finished tree. `headers` is the same object as that of the part that arrived. */
export interface PartNode {
  readonly contentType: string;
  readonly headers: HeaderFields;
  readonly children: readonly PartNode[];
  /** A multipart behind whose header block nothing stands: the copy of a head, as reports of non-delivery have it. */
  readonly isBare?: true;
}

/** Takes a leaf and reads its content to the end. A forwarded mail is a leaf: one file, which is opened later. */
export type TakePart = (part: ArrivingPart) => Promise<void>;

/** Reads the whole mail; refuses one that is empty, or has more parts than anybody sends. */
export async function readParts(source: AsyncIterator<Buffer>, take: TakePart): Promise<PartNode> {
  return new PartReader(new Scanner(source), take).read();
}

class PartReader {
  readonly #scanner: Scanner;
  readonly #take: TakePart;
  #count = 0;

  constructor(scanner: Scanner, take: TakePart) {
    this.#scanner = scanner;
    this.#take = take;
  }

  /** A part and all that is inside it; the scanner has then met what ended it. */
  async read(parentType?: string): Promise<PartNode> {
    if (++this.#count > MAX_PARTS) throw unreadable(problems.tooManyParts);
    const block = await this.#scanner.head();
    if (block.length === 0 && parentType === undefined && this.#scanner.isAtEnd) throw unreadable(problems.empty);
    const headers = await readHeaderFields(block);
    const contentType = partType(headers, parentType);
    if (contentType.startsWith('multipart/')) {
      return { contentType, headers, ...(await this.#readChildren(headers, contentType)) };
    }
    await this.#readLeaf(headers, contentType);
    return { contentType, headers, children: [] };
  }

  async #readLeaf(headers: HeaderFields, type: string): Promise<void> {
    const content = decoded(headers, type, this.#scanner.content());
    await this.#take({ headers, type, disposition: disposition(headers), fileName: fileName(headers), content });
  }

  async #readChildren(headers: HeaderFields, contentType: string): Promise<Pick<PartNode, 'children' | 'isBare'>> {
    const { boundaries } = this.#scanner;
    const { level } = boundaries;
    if (level === MAX_NESTING) throw unreadable(problems.nestedTooDeep);
    const boundary = typeParameter(headers, 'boundary') ?? '';
    // Without one nothing delimits its parts, not even the dashes above a signature.
    if (boundary !== '') boundaries.open(boundary);
    const children: PartNode[] = [];
    const isBlank = await this.#scanner.skip();
    while (this.#delimits(level, false)) children.push(await this.read(contentType));
    if (this.#delimits(level, true)) await this.#scanner.skip();
    return children.length === 0 && isBlank ? { children, isBare: true } : { children };
  }

  #delimits(level: number, closes: boolean): boolean {
    const { stop } = this.#scanner;
    return typeof stop === 'object' && stop.level === level && stop.closes === closes;
  }
}
