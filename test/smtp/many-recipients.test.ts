/** Recipients without end: honest lists pass, trying out boxes does not. */
import { expect, test } from 'vitest';
import { Refused } from '../../src/refusals/index.ts';
import { Client, LETTER } from './client.ts';
import { DOMAIN, OWN, startGateway, type Behaviour } from './gateway.ts';

const HOUR_MS = 60 * 60_000;

/** Boxes whose name begins with `neni` do not exist. */
const checkRecipient: Behaviour['checkRecipient'] = async (address) => {
  const boxId = address.split('@', 1)[0]!;
  if (boxId.startsWith('neni')) throw new Refused('recipient-unknown', { box: boxId });
  return { boxId, name: 'Městský úřad Kolín', paid: false };
};

/** Names recipients that do not exist until the connection ends; answers the replies. */
async function probe(client: Client, count: number): Promise<string[]> {
  await client.command(`MAIL FROM:<${OWN}>`);
  const replies: string[] = [];
  for (let i = 0; i < count; i++) {
    const reply = await client.command(`RCPT TO:<neni${i}@${DOMAIN}>`);
    if (reply === '') break;
    replies.push(reply.slice(0, 3));
  }
  return replies;
}

test('attack: after fifty recipients that do not exist the session ends', async () => {
  const gateway = await startGateway({ checkRecipient });
  const replies = await probe(await Client.loggedIn(gateway), 500);
  expect(replies).toEqual([...Array.from({ length: 50 }, () => '550'), '421']);
  expect(gateway.checked).toHaveLength(50);
});

test('attack: RSET between them changes nothing', async () => {
  const gateway = await startGateway({ checkRecipient });
  const client = await Client.loggedIn(gateway);
  for (let i = 0; i < 5; i++) {
    await probe(client, 20);
    await client.command('RSET');
  }
  await client.closed();
  expect(gateway.checked).toHaveLength(50);
});

test('attack: after a hundred in an hour, over all sessions of the account, nobody is asked any more', async () => {
  let now = 0;
  const gateway = await startGateway({ checkRecipient, clock: { now: () => now } });
  for (let i = 0; i < 2; i++) await probe(await Client.loggedIn(gateway), 50);
  expect(await probe(await Client.loggedIn(gateway), 3)).toEqual(['450', '450', '450']);
  expect(gateway.checked).toHaveLength(100);
  now = HOUR_MS + 1;
  expect(await probe(await Client.loggedIn(gateway), 1)).toEqual(['550']);
});

test('an outage of ISDS is not held against the account', async () => {
  const gateway = await startGateway({ checkRecipient: () => Promise.reject(new Refused('isds-unreachable')) });
  const replies = await probe(await Client.loggedIn(gateway), 120);
  expect(new Set(replies)).toEqual(new Set(['451']));
  expect(replies).toHaveLength(120);
});

test('a list of sixty: fifty are taken, the rest has to wait, and no more boxes are asked for', async () => {
  const gateway = await startGateway({ checkRecipient });
  const client = await Client.loggedIn(gateway);
  await client.command(`MAIL FROM:<${OWN}>`);
  const codes: string[] = [];
  for (let i = 0; i < 60; i++) codes.push((await client.command(`RCPT TO:<urad${i}@${DOMAIN}>`)).slice(0, 3));
  expect(codes.filter((code) => code === '250')).toHaveLength(50);
  expect(codes.slice(50).every((code) => code.startsWith('4'))).toBe(true);
  expect(gateway.checked).toHaveLength(50);
  await client.command('DATA');
  client.send(`${LETTER}\r\n.\r\n`);
  expect(await client.reply()).toMatch(/^250-/);
  await client.command(`MAIL FROM:<${OWN}>`);
  for (let i = 50; i < 60; i++) expect(await client.command(`RCPT TO:<urad${i}@${DOMAIN}>`)).toMatch(/^250 /);
});
