/** One request at a time for each login (isds §1.8). */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { message } from './outgoing.ts';
import { Secret } from '../../src/core/index.ts';
import { type Answer, answers, CREDENTIALS, isdsAt, silence, startFakeIsds, status } from './fake-isds.ts';

/** Answers with a delay of one turn of the loop and counts how many requests are open at once. */
function counting(): { answer: Answer; most: () => number } {
  let open = 0;
  let most = 0;
  const answer: Answer = (response, request) => {
    most = Math.max(most, ++open);
    setImmediate(() => {
      open--;
      answers('CheckDataBox', '<q:dbState>1</q:dbState>', status('db', '0000'))(response, request);
    });
  };
  return { answer, most: () => most };
}

describe('calls', () => {
  test('of one login never overlap, even through several accounts and spellings', async () => {
    const { answer, most } = counting();
    const isds = isdsAt((await startFakeIsds(answer)).url);
    const logins = ['abc123', 'ABC123', 'abc123'];
    await Promise.all(
      logins.flatMap((login) => {
        const account = isds.account({ kind: 'password', login, password: new Secret('x') });
        return [account.checkBox('a'), account.checkBox('b')];
      }),
    );
    expect(most()).toBe(1);
  });

  test('of different logins overlap', async () => {
    const waiting: (() => void)[] = [];
    const fake = await startFakeIsds((response, request) => {
      waiting.push(() => answers('CheckDataBox', '<q:dbState>1</q:dbState>', status('db', '0000'))(response, request));
      // Only when both are here is anybody answered.
      if (waiting.length === 2) for (const go of waiting) go();
    });
    const isds = isdsAt(fake.url);
    const logins = ['abc123', 'xyz789'];
    await expect(
      Promise.all(logins.map((login) => isds.account({ ...CREDENTIALS, login }).checkBox('a'))),
    ).resolves.toEqual([1, 1]);
  });

  test('that wait too long for an earlier one say so: it is not ISDS that is slow', async () => {
    const fake = await startFakeIsds(silence);
    const account = isdsAt(fake.url).account(CREDENTIALS);
    const [hanging, waiting] = [new AbortController(), new AbortController()];
    const first = account.checkBox('a', { signal: hanging.signal });
    const second = account.checkBox('b', { signal: waiting.signal });
    waiting.abort(new DOMException('', 'TimeoutError'));
    await expect(second).rejects.toMatchObject({ kind: 'busy', outcome: 'not-executed' });
    hanging.abort();
    await expect(first).rejects.toMatchObject({ kind: 'aborted' });
  });

  test('that are given up while they wait are aborted and never sent', async () => {
    const waiting: (() => void)[] = [];
    const fake = await startFakeIsds((response, request) => {
      waiting.push(() => answers('CheckDataBox', '<q:dbState>1</q:dbState>', status('db', '0000'))(response, request));
    });
    const account = isdsAt(fake.url).account(CREDENTIALS);
    const aborter = new AbortController();
    const first = account.checkBox('a');
    const second = account.checkBox('b', { signal: aborter.signal });
    aborter.abort();
    await expect(second).rejects.toMatchObject({ kind: 'aborted', outcome: 'not-executed' });
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    waiting[0]?.();
    await expect(first).resolves.toBe(1);
    expect(fake.received).toHaveLength(1);
  });

  test('whose turn is not wanted any more are never sent; those that have begun go on', async () => {
    const waiting: (() => void)[] = [];
    const fake = await startFakeIsds((response, request) => {
      waiting.push(() => answers('CheckDataBox', '<q:dbState>1</q:dbState>', status('db', '0000'))(response, request));
    });
    const account = isdsAt(fake.url).account(CREDENTIALS);
    const deserted = new AbortController();
    const first = account.checkBox('a', { deserted: deserted.signal });
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    const second = account.checkBox('b', { deserted: deserted.signal });
    deserted.abort();
    await expect(second).rejects.toMatchObject({ kind: 'aborted', outcome: 'not-executed' });
    waiting[0]?.();
    await expect(first).resolves.toBe(1);
    expect(fake.received).toHaveLength(1);
  });

  test('that wait behind a long one give up after a minute when a reader waits for them, and a sending does not', async () => {
    const waiting: ((answer: Answer) => void)[] = [];
    const fake = await startFakeIsds((response, request) => {
      waiting.push((answer) => answer(response, request));
    });
    const account = isdsAt(fake.url).account(CREDENTIALS);
    const long = account.checkBox('a');
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    const minute = new AbortController();
    minute.abort(new DOMException('', 'TimeoutError'));
    const never = new AbortController().signal;
    const clock = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => (ms <= 60_000 ? minute.signal : never));
    onTestFinished(() => clock.mockRestore());
    await expect(account.checkBox('b')).rejects.toMatchObject({ kind: 'busy' });
    const sending = account.createMessage(message());
    waiting[0]?.(answers('CheckDataBox', '<q:dbState>1</q:dbState>', status('db', '0000')));
    await expect(long).resolves.toBe(1);
    await vi.waitFor(() => expect(waiting).toHaveLength(2));
    waiting[1]?.(answers('CreateMessage', '<q:dmID>1490000010</q:dmID>'));
    await expect(sending).resolves.toBe('1490000010');
  });
});
