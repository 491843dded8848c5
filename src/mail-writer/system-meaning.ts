/** What a system message says to programs, told to people: the XML file that comes with it names its type (isds §7.4). */
import type { FileHeader } from '../isds/index.ts';

/** Such a file has some hundred octets; a longer one is something else. */
const MAX_FILE_OCTETS = 64 * 1024;

const TYPE = /<SystemMessage\b[^<>]*\btype="(\d{1,3})"/;
const MESSAGE = /<dmID>(\d{1,20})<\/dmID>/;

/** By type; `#` stands for the number of the message that it is about. */
const meanings: Readonly<Record<string, string>> = {
  '1': 'Vaši odeslanou zprávu # ISDS zničil, protože v ní antivirová kontrola našla škodlivý kód. Adresát ji nedostal; pošlete ji znovu bez závadného souboru.',
  '2': 'Do vaší datové schránky byl přidán uživatel.',
  '3': 'Vaše odeslaná zpráva # je nedoručitelná, protože schránka adresáta byla zpětně znepřístupněna. Adresát ji nedostal.',
  '5': 'Údaje nebo oprávnění uživatele vaší datové schránky se změnily.',
  '6': 'Z vaší datové schránky byl odebrán uživatel.',
};

/** Sees the files of a message go by and keeps the first XML, which is the one. */
export class SystemMeaning {
  #file: FileHeader | undefined;
  #collecting = false;
  readonly #octets: Buffer[] = [];
  #length = 0;

  begin(file: FileHeader): void {
    this.#collecting = this.#file === undefined && file.name.toLowerCase().endsWith('.xml');
    if (this.#collecting) this.#file = file;
  }

  content(octets: Buffer): void {
    if (!this.#collecting || this.#length > MAX_FILE_OCTETS) return;
    this.#octets.push(octets);
    this.#length += octets.length;
  }

  /** Undefined when no file tells, or one of a type that is not known. */
  text(): string | undefined {
    if (this.#length > MAX_FILE_OCTETS) return undefined;
    const written = Buffer.concat(this.#octets).toString('latin1');
    const xml = this.#file?.encoding === 'base64' ? Buffer.from(written, 'base64').toString('latin1') : written;
    const meaning = meanings[TYPE.exec(xml)?.[1] ?? ''];
    return meaning === undefined ? undefined : `${meaning.replace('#', MESSAGE.exec(xml)?.[1] ?? '')}\n`;
  }
}
