/** A box whose originals ISDS does not give, read again and again by one program. */
import { simpleParser } from 'mailparser';
import { expect } from 'vitest';
import { classify, IsdsError, type OriginalDownloadEvent } from '../../src/isds/index.ts';
import { memoryStore } from '../../src/store/index.ts';
import { envelopeOf } from '../mail-writer/envelope.ts';
import { FakeAccount, never, newMailbox, openMaildrop, readAll } from './fake-account.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const START = Date.parse('2026-11-20T10:00:00Z');

const pdf = Buffer.alloc(30_000, 'Příliš žluťoučký kůň ');

export function status(code: string): IsdsError {
  return new IsdsError({ kind: 'status', code, message: '', class: classify(code).class });
}

/** A box with these messages; `failures` names the originals that ISDS does not give. */
export function box(...dmIDs: string[]) {
  const account = new FakeAccount();
  const store = memoryStore();
  // `ahead` is how far the clock is set wrong.
  const clock = {
    time: START,
    ahead: 0,
    now: () => clock.time + clock.ahead,
    elapsed: () => clock.time - START,
    origin: 'start',
  };
  const failures = new Map<string, IsdsError>();
  for (const [day, dmID] of dmIDs.entries()) {
    const arrivedAt = new Date(START - 30 * DAY + day * DAY);
    account.messages.push(envelopeOf({ dmID, arrivedAt, attachmentSize: 40, annotation: `Žádost č. ${dmID}` }));
    account.files.set(dmID, [{ name: 'žádost.pdf', content: pdf }]);
  }
  async function* downloadOriginal(dmID: string): AsyncGenerator<OriginalDownloadEvent> {
    account.calls.push(`original ${dmID}`);
    const failure = failures.get(dmID) ?? failures.get('*');
    if (failure && failure.kind !== 'not-intact') throw failure;
    const sealed = sealedOf(dmID);
    yield { kind: 'file', file: { name: 'žádost.pdf', mimeType: '', metaType: 'main', encoding: 'base64' } };
    yield { kind: 'original', octets: sealed.subarray(0, 10_000) };
    yield { kind: 'content', octets: Buffer.from(pdf.toString('base64')) };
    yield { kind: 'original', octets: sealed.subarray(10_000) };
    if (failure) throw failure;
    const envelope = account.messages.find((message) => message.dmID === dmID)!;
    yield { kind: 'end', envelope, seal: { verdict: 'valid', timeStamped: true } };
  }
  Object.assign(account.access, { downloadOriginal });
  const mailbox = newMailbox({ store, clock, withOriginal: true });
  const session = async (view = '') => {
    const drop = openMaildrop(mailbox, { account, view });
    const listed = await drop.messages(never);
    const byUid = new Map(listed.map((message) => [message.uid, message]));
    const find = (uid: string) => byUid.get(uid)!;
    const read = async (uid: string) => {
      const mail = drop.open(find(uid), never);
      await mail.prepare();
      const octets = await readAll(mail.content);
      expect(octets.length).toBe(find(uid).octets);
      return octets;
    };
    /** As a program that keeps mail: reads it and goes on. */
    const take = async (uid: string) => {
      const octets = await read(uid);
      await drop.markRead(find(uid));
      return simpleParser(octets);
    };
    const hide = (uid: string) => drop.hide([find(uid)]);
    return { uids: listed.map(({ uid }) => uid), find, read, take, hide, drop };
  };
  const uids = async (view = '') => (await session(view)).uids;
  return { account, store, clock, failures, session, uids };
}

/** What ISDS would have sealed: the files in base64, and what is around them. */
export function sealedOf(dmID: string): Buffer {
  return Buffer.concat([
    Buffer.from(`zapečetěno ${dmID} `),
    Buffer.from(pdf.toString('base64')),
    Buffer.alloc(12_000, 7),
  ]);
}
