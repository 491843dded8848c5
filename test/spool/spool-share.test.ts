/** What the mails of one account may have in the spool together. */
import { expect, test } from 'vitest';
import { readMail } from '../../src/mail-parser/index.ts';
import { Spool } from '../../src/spool/index.ts';
import { SpoolShares } from '../../src/spool/spool-share.ts';
import { letter, pdf, spoolDirectory, streamOf } from '../mail-parser/samples.ts';
import { htmlThreads } from '../support/threads.ts';

const never = new AbortController().signal;
const busy = { name: 'Refused', reason: 'account-busy' };
const settled = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 20));

test('the mail above the bound is read when another is gone, and mails of others at once', async () => {
  const directory = spoolDirectory();
  const begun: string[] = [];
  const mail = async function* (name: string) {
    begun.push(name);
    yield* streamOf([Buffer.from(letter(pdf('žaloba.pdf')))]);
  };
  const sent = (account: string, name: string) =>
    readMail(mail(name), { spoolDirectory: directory, signal: never, htmlThreads, account });
  const first = await Promise.all(['1', '2', '3', '4'].map((name) => sent('povoden', name)));
  const fifth = sent('povoden', '5');
  const other = await sent('poctivy', 'jiný');
  await settled();
  expect(begun).toEqual(['1', '2', '3', '4', 'jiný']);
  await first[0]!.dispose();
  await first[0]!.dispose();
  const last = await fifth;
  expect(begun.at(-1)).toBe('5');
  await Promise.all([...first, other, last].map((draft) => draft.dispose()));
});

test('a mail that gets no place in time is refused for now, and one whose program is gone waits no longer', async () => {
  const shares = new SpoolShares({ mails: 1, octets: 1_000, timeBudgetMs: 10 });
  const share = await shares.take('a', never);
  await expect(shares.take('a', never)).rejects.toMatchObject(busy);
  await expect(shares.take('a', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  share.giveBack();
  (await shares.take('a', never)).giveBack();
});

test('octets beside other mails of the account are bounded; a mail by itself may have any number', async () => {
  const shares = new SpoolShares({ mails: 3, octets: 1_000_000, timeBudgetMs: 10 });
  const spoolOf = async () => {
    const share = await shares.take('a', never);
    return { share, spool: new Spool(spoolDirectory(), share) };
  };
  const large = [Buffer.alloc(900_000), Buffer.alloc(900_000)];
  const [alone, beside] = [await spoolOf(), await spoolOf()];
  await alone.spool.add([large[0]!]);
  await expect(beside.spool.add(large)).rejects.toMatchObject(busy);
  await beside.spool.dispose();
  beside.share.giveBack();
  expect((await alone.spool.add(large)).size).toBe(1_800_000);
  await alone.spool.dispose();
  alone.share.giveBack();
  const next = await spoolOf();
  expect((await next.spool.add(large)).size).toBe(1_800_000);
  await next.spool.dispose();
});
