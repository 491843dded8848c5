/** How one file's octets, as they come from ISDS, become base64 lines of the mail. */
import { EncodedLines, RewrappedLines } from '../base64/index.ts';

/** Writes one file: `push` what arrives and send on what it returns, then `end`. */
export interface FileBody {
  push(octets: Buffer): Buffer;
  end(): Buffer;
}

const XML_DECLARATION = Buffer.from('<?xml version="1.0" encoding="UTF-8"?>\n');

/** Base64 already, with whatever line ends the sender chose. */
export function base64Body(): FileBody {
  return new RewrappedLines();
}

/** An XML file stands in the answer as elements; as a file of its own it gets a declaration (isds §5.2). */
export function xmlBody(): FileBody {
  const body = octetsBody();
  let declaration: Buffer = XML_DECLARATION;
  return {
    push: (octets) => {
      const all = Buffer.concat([declaration, octets]);
      declaration = Buffer.alloc(0);
      return body.push(all);
    },
    end: () => body.end(),
  };
}

/** Octets of any kind. */
export function octetsBody(): FileBody {
  return new EncodedLines();
}
