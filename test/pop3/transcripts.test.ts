/** Sessions as known programs hold them, line by line; `…` stands for any text, consecutive C: lines are sent at once. */
import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { connect, gateway } from './gateway.ts';

const folder = new URL('transcripts/', import.meta.url);
const programs = (await readdir(folder)).map((file) => file.replace('.txt', ''));

/** A transcript as turns: what the client sends in one piece, and the lines it hears then. */
async function turnsOf(program: string): Promise<{ sends: string; hears: string[] }[]> {
  const turns = [{ sends: '', hears: [] as string[] }];
  for (const line of (await readFile(new URL(`${program}.txt`, folder), 'utf8')).split('\n')) {
    let turn = turns.at(-1)!;
    if (line.startsWith('C: ')) {
      if (turn.hears.length > 0) turns.push((turn = { sends: '', hears: [] }));
      turn.sends += `${line.slice(3)}\r\n`;
    } else if (line.startsWith('S: ')) turn.hears.push(line.slice(3));
  }
  return turns;
}

test.each(programs)('a session of %s', async (program) => {
  const client = connect(await gateway());
  for (const { sends, hears } of await turnsOf(program)) {
    client.send(sends);
    const heard: string[] = [];
    for (const expected of hears) heard.push(alike(await client.line(), expected));
    expect(heard).toEqual(hears);
  }
  expect(await client.rest()).toBe('');
});

/** The expected line when the heard one agrees with it but for the `…`. */
function alike(line: string, expected: string): string {
  const [before = '', after] = expected.split('…');
  return after !== undefined && line.startsWith(before) && line.endsWith(after) ? expected : line;
}
