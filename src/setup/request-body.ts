/** The body of a request, up to a limit. */
import type { IncomingMessage } from 'node:http';

/** Autodiscover requests have some 500 octets. */
const MAX_BODY_OCTETS = 16 * 1_024;

/** 'overlong' as soon as that is known; what still comes is not read. */
export function readBody(request: IncomingMessage): Promise<Buffer | 'overlong'> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (length <= MAX_BODY_OCTETS) {
        chunks.push(chunk);
        return;
      }
      request.off('data', take);
      request.pause();
      resolve('overlong');
    };
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('the request ended early')));
  });
}
