/** The text inside an element of base64, given on as octets with its references resolved: senders' line ends may arrive as `&#13;`. */
import { MalformedXml, resolveReferences } from './xml-text.ts';

/** `&#x00000D;` is already absurdly long. */
const MAX_REFERENCE_OCTETS = 16;

const [AMPERSAND, SEMICOLON] = [0x26, 0x3b];
const NOTHING = Buffer.alloc(0);

export class Base64Text {
  /** The beginning of a reference whose end has not come yet. */
  #begun: Buffer = NOTHING;

  /** What these octets stand for; the same buffer when no reference is in them. */
  resolve(octets: Buffer): Buffer {
    let rest = this.#begun.length === 0 ? octets : Buffer.concat([this.#begun, octets]);
    this.#begun = NOTHING;
    const pieces: Buffer[] = [];
    for (let start = rest.indexOf(AMPERSAND); start !== -1; start = rest.indexOf(AMPERSAND)) {
      const end = rest.subarray(start, start + MAX_REFERENCE_OCTETS).indexOf(SEMICOLON);
      if (end === -1 && rest.length - start >= MAX_REFERENCE_OCTETS) throw new MalformedXml('endless reference');
      pieces.push(rest.subarray(0, start));
      if (end === -1) {
        this.#begun = Buffer.from(rest.subarray(start));
        rest = NOTHING;
        break;
      }
      pieces.push(Buffer.from(resolveReferences(rest.toString('latin1', start, start + end + 1))));
      rest = rest.subarray(start + end + 1);
    }
    return pieces.length === 0 ? rest : Buffer.concat([...pieces, rest]);
  }

  /** Refuses a reference that never ended. */
  end(): void {
    if (this.#begun.length > 0) throw new MalformedXml('endless reference');
  }
}
