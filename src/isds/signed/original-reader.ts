/** Takes a signed original apart while it streams in: the file itself, the files inside its signed XML, and what is left of both. */
import { type Extracted, StreamingExtractor, type Rest } from '../xml/streaming-extractor.ts';
import { StrictDecoder } from '../../base64/index.ts';
import { SignedDataReader, type SignedRest } from './signed-data-reader.ts';

export type OriginalPiece = Extracted | { readonly kind: 'original'; readonly octets: Buffer };

export class OriginalReader {
  readonly #base64 = new StrictDecoder();
  readonly #signedData = new SignedDataReader();
  readonly #files = new StreamingExtractor('files');

  /** Takes base64 as it stands in dmSignature. */
  *push(text: Buffer): Generator<OriginalPiece> {
    const octets = this.#base64.push(text);
    if (octets.length > 0) yield* this.pushOctets(octets);
  }

  /** Takes the original's own octets. */
  *pushOctets(octets: Buffer): Generator<OriginalPiece> {
    const content = this.#signedData.push(octets);
    yield { kind: 'original', octets };
    if (content.length > 0) yield* this.#files.push(content);
  }

  /** Throws unless everything was complete. */
  end(): { readonly signed: SignedRest; readonly message: Rest } {
    this.#base64.end();
    return { signed: this.#signedData.end(), message: this.#files.end() };
  }
}
