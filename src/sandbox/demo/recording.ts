/** A sound recording that is made while it is read: a quiet tone, as many seconds as wanted, in a WAV file. */
import type { StoredContent } from '../content.ts';

const SAMPLES_PER_SECOND = 44_100;
const OCTETS_PER_SAMPLE = 2;
const HEAD = 44;
/** Divides the samples of a second, so that one second can follow another without a crack. */
const TONE_HERTZ = 441;
const LOUDNESS = 2_000;

export function recording(seconds: number): StoredContent {
  const sound = seconds * SAMPLES_PER_SECOND * OCTETS_PER_SAMPLE;
  return {
    length: HEAD + sound,
    *pieces() {
      yield writeHead(sound);
      const second = writeSecond();
      for (let count = 0; count < seconds; count++) yield second;
    },
  };
}

/** One channel of sixteen bits, no compression. */
function writeHead(octets: number): Buffer {
  const head = Buffer.alloc(HEAD);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(HEAD - 8 + octets, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(SAMPLES_PER_SECOND, 24);
  head.writeUInt32LE(SAMPLES_PER_SECOND * OCTETS_PER_SAMPLE, 28);
  head.writeUInt16LE(OCTETS_PER_SAMPLE, 32);
  head.writeUInt16LE(OCTETS_PER_SAMPLE * 8, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(octets, 40);
  return head;
}

function writeSecond(): Buffer {
  const second = Buffer.alloc(SAMPLES_PER_SECOND * OCTETS_PER_SAMPLE);
  for (let sample = 0; sample < SAMPLES_PER_SECOND; sample++) {
    const height = Math.round(LOUDNESS * Math.sin((2 * Math.PI * TONE_HERTZ * sample) / SAMPLES_PER_SECOND));
    second.writeInt16LE(height, sample * OCTETS_PER_SAMPLE);
  }
  return second;
}
