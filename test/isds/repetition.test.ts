/** ISDS asks for a call to be repeated: at once, or in three seconds. */
import { expect, test } from 'vitest';
import { IsdsError } from '../../src/isds/index.ts';
import { classify } from '../../src/isds/codes/status-codes.ts';
import { Repetition } from '../../src/isds/repetition.ts';

function status(code: string): IsdsError {
  return new IsdsError({ kind: 'status', code, message: '', class: classify(code).class });
}

/** Fails with these codes, one a call, and succeeds after them; pauses take no time and are written down. */
function busy(...codes: string[]) {
  const events: string[] = [];
  const repetition = new Repetition(async (milliseconds, signal) => {
    signal?.throwIfAborted();
    events.push(`pause ${milliseconds}`);
  });
  const next = (): void => {
    events.push('call');
    const code = codes.shift();
    if (code !== undefined) throw status(code);
  };
  const ask = async () => {
    next();
    return 'answer';
  };
  const stream = async function* () {
    next();
    yield 'answer';
  };
  return { events, repetition, ask, stream };
}

test.each(['3008', '3009'])('%s is repeated once, after three seconds', async (code) => {
  const list = busy(code);
  await expect(list.repetition.ask(list.ask)).resolves.toBe('answer');
  expect(list.events).toEqual(['call', 'pause 3000', 'call']);
  const download = busy(code);
  await expect(Array.fromAsync(download.repetition.stream(download.stream))).resolves.toEqual(['answer']);
  expect(download.events).toEqual(['call', 'pause 3000', 'call']);
});

test('what is still busy then is passed on', async () => {
  const { repetition, stream, events } = busy('3008', '3009');
  await expect(Array.fromAsync(repetition.stream(stream))).rejects.toMatchObject({ code: '3009' });
  expect(events).toEqual(['call', 'pause 3000', 'call']);
});

test('3006 is repeated at once, three times; the limit of the moment afterwards has its pause', async () => {
  const waitsLong = busy('3006', '3006', '3006');
  await expect(waitsLong.repetition.ask(waitsLong.ask)).resolves.toBe('answer');
  expect(waitsLong.events).toEqual(['call', 'call', 'call', 'call']);
  const endless = busy('3006', '3006', '3006', '3006');
  await expect(endless.repetition.ask(endless.ask)).rejects.toMatchObject({ code: '3006' });
  const both = busy('3006', '3009');
  await expect(both.repetition.ask(both.ask)).resolves.toBe('answer');
  expect(both.events).toEqual(['call', 'call', 'pause 3000', 'call']);
});

test.each(['9005', '3005', '1219', '3013'])('%s is not repeated', async (code) => {
  const { repetition, ask, events } = busy(code);
  await expect(repetition.ask(ask)).rejects.toMatchObject({ code });
  expect(events).toEqual(['call']);
});

test('a reader who leaves during the pause ends it: nothing more is asked', async () => {
  const { repetition, ask, events } = busy('3008');
  await expect(repetition.ask(ask, { signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'aborted' });
  expect(events).toEqual(['call']);
});

test('what has begun is not given twice', async () => {
  const { repetition, events } = busy();
  const broken = async function* () {
    events.push('call');
    yield 'beginning';
    throw status('3008');
  };
  await expect(Array.fromAsync(repetition.stream(broken))).rejects.toMatchObject({ code: '3008' });
  expect(events).toEqual(['call']);
});
