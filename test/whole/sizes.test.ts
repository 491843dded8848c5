/** STAT, LIST, the answer to RETR and the octets themselves agree, at the first download and later, whatever the message holds. */
import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { demoBoxes, type Letter } from '../../src/sandbox/index.ts';
import { openSession } from './pop3-session.ts';
import { startWhole } from './whole.ts';

type File = NonNullable<Letter['files']>[number];

function file(name: string, content: Buffer | string): File {
  return { name, mimeType: 'text/plain', metaType: 'enclosure', content: Buffer.from(content) };
}

const longName = (index: number) =>
  `${`Příloha číslo ${index} – žluťoučký kůň úpěl ďábelské ódy `.repeat(6).slice(0, 250)}.txt`;

const letters: Readonly<Record<string, readonly File[]>> = {
  'lines of dots': [file('tečky.txt', '.\r\n..\r\n...\r\n'.repeat(1_000))],
  'eight bits and no final line end': [file('čeština.txt', 'Příliš žluťoučký kůň')],
  'one very long line': [file('řádka.txt', 'ř'.repeat(100_000))],
  'eighteen megabytes': [file('výkresy.txt', randomBytes(13_500_000).toString('base64'))],
  'fifty files with long Czech names': Array.from({ length: 50 }, (_, index) =>
    file(longName(index), `obsah ${index}`),
  ),
};

test.each(['attach', 'omit'])(
  'sizes agree in all four places, at the first and at a later download (original: %s)',
  async (original) => {
    const whole = await startWhole({ settings: { POSTOLKA_RECEIVING_ORIGINAL: original } });
    onTestFinished(() => whole.stop());
    for (const [annotation, files] of Object.entries(letters)) {
      whole.sandbox.world.deliver({ from: demoBoxes.office, to: demoBoxes.person, annotation, files: [...files] });
    }
    for (let poll = 0; poll < 2; poll++) {
      const session = await openSession(whole.gateway.ports.pop3, 'zofie1', 'Kocka-na-okne-9');
      const [, count, total] = (await session.command('STAT')).split(' ').map(Number);
      const listed = (await session.list('LIST')).map((line) => Number(line.split(' ')[1]));
      expect(listed).toHaveLength(Number(count));
      expect(listed.reduce((sum, octets) => sum + octets, 0)).toBe(total);
      for (const [index, octets] of listed.entries()) {
        expect(await session.command(`RETR ${index + 1}`)).toBe(`+OK ${octets} octets`);
        expect(await session.bodyOctets()).toBe(octets);
      }
      await session.quit();
    }
  },
);
