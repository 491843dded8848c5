/** HTML bodies made to stop the gateway, and how they are refused: without half of its layout a text would be another one. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { htmlToPlainText } from '../../src/mail-parser/text/html-thread.ts';
import { ProcessorBudget } from '../../src/mail-parser/text/processor-budget.ts';
import { PicturePlaces } from '../../src/mail-parser/text/picture-places.ts';
import { htmlThreads } from '../support/threads.ts';

const tooIntricate = {
  reason: 'mail-unreadable',
  facts: { problem: { en: expect.stringContaining('too intricate') } },
};

function textOf(
  html: string,
  { account = 'ab12345', processorBudget = new ProcessorBudget(), signal = new AbortController().signal } = {},
) {
  return htmlToPlainText(html, new PicturePlaces([]), { account, processorBudget, signal, htmlThreads });
}

test('attack: tags nested a hundred thousand times are refused, and stop nobody else', async () => {
  let turns = 0;
  const counting = setInterval(() => turns++, 1);
  await expect(textOf('<b><i>x'.repeat(70_000))).rejects.toMatchObject(tooIntricate);
  clearInterval(counting);
  expect(turns).toBeGreaterThan(20);
});

test('attack: quotes in quotes grow with the square of their depth', async () => {
  expect(await textOf('<blockquote>x'.repeat(300))).toContain('> > > x');
  const endless = textOf('<blockquote>x'.repeat(3_000), { processorBudget: new ProcessorBudget(1_000) });
  await expect(endless).rejects.toMatchObject(tooIntricate);
});

test('a text of two megabytes of markup keeps its cells apart and the addresses of its links', async () => {
  const row = '<tr><td>1</td><td>2</td><td><a href="https://urad.example/">úřad</a></td></tr>\n';
  const text = await textOf(`<table>${row.repeat(25_000)}</table>`);
  expect(text.split('\n')).toHaveLength(25_000);
  expect(text).toMatch(/^1 {3}2 {3}úřad \[https:\/\/urad\.example\/\]/);
});

test('several bodies at once each get their own text', async () => {
  const texts = await Promise.all(['jedna', 'dvě', 'tři'].map((word) => textOf(`<p>${word}</p>`)));
  expect(texts).toEqual(['jedna', 'dvě', 'tři']);
});

test('a conversion that takes too much of the processor is given up, and the next one has a thread of its own', async () => {
  await expect(
    textOf('<p>odstavec'.repeat(200_000), { processorBudget: new ProcessorBudget(50) }),
  ).rejects.toMatchObject(tooIntricate);
  expect(await textOf('<p>text</p>')).toBe('text');
});

test('while one account floods with HTML, another does not wait for it', async () => {
  const ended: string[] = [];
  await Promise.all(['povoden', 'poctivy'].map((account) => textOf('<p>a</p>', { account })));
  const flood = Array.from({ length: 8 }, async (_, index) => {
    await textOf(`<p>${'odstavec<br>'.repeat(20_000)}</p>`, { account: 'povoden' });
    ended.push(`povoden ${index}`);
  });
  const honest = textOf('<p>žádost</p>', { account: 'poctivy' }).then(() => ended.push('poctivy'));
  await Promise.all([...flood, honest]);
  // The first of the flood was begun before it and goes on beside it; in the order of coming it would be the last.
  expect(ended.indexOf('poctivy')).toBeLessThan(4);
});

test('whoever is gone does not wait any longer, and what is being converted for them ends', async () => {
  const [begun, gone] = [new AbortController(), new AbortController()];
  const slow = textOf('<blockquote>x'.repeat(3_000), { signal: begun.signal });
  const waiting = textOf('<p>text</p>', { signal: gone.signal });
  gone.abort(new Error('client gone'));
  await expect(waiting).rejects.toThrow('client gone');
  begun.abort();
  await expect(slow).rejects.toMatchObject({ name: 'AbortError' });
  expect(await textOf('<p>text</p>')).toBe('text');
});

test.runIf(process.platform === 'linux')(
  'a poll goes before a conversion: only its thread has a lower priority',
  async () => {
    await textOf('<p>text</p>');
    const threads = readdirSync('/proc/self/task');
    expect(niceOf(String(process.pid))).toBe(0);
    expect(threads.filter((thread) => niceOf(thread) > 0).length).toBeGreaterThan(0);
  },
);

/** What stands behind the name in brackets; the seventeenth field of these (proc(5)). */
function niceOf(thread: string): number {
  return Number(readFileSync(`/proc/self/task/${thread}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[16]);
}
