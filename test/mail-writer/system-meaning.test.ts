/** What a system message is about, told from the XML that comes with it. */
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { envelopeOf } from './envelope.ts';
import { FakeAccount, type FakeFile, never, newMaildrop, readAll } from '../mailbox/fake-account.ts';

async function textOf(senderType: number, ...files: FakeFile[]): Promise<string | undefined> {
  const account = new FakeAccount();
  account.messages = [envelopeOf({ dmID: '1', senderType, senderBox: senderType === 0 ? 'aaaaaaa' : 'aydaadk' })];
  account.files.set('1', files);
  const drop = newMaildrop({ account });
  const [message] = await drop.messages(never);
  const octets = await readAll(drop.open(message!, never).content);
  expect(octets.length).toBe(message!.octets);
  return (await simpleParser(octets)).text;
}

const html = { name: 'Oznámení.html', content: Buffer.from('<p>Oznámení</p>') };

function xml(type: string): FakeFile {
  const content = `<?xml version="1.0"?><SystemMessage type="${type}"><dmID>777</dmID></SystemMessage>`;
  return { name: 'SystemMessage.xml', content: Buffer.from(content) };
}

test.each([
  ['1', 'Vaši odeslanou zprávu 777 ISDS zničil'],
  ['2', 'Do vaší datové schránky byl přidán uživatel.'],
  ['3', 'Vaše odeslaná zpráva 777 je nedoručitelná'],
  ['5', 'Údaje nebo oprávnění uživatele'],
  ['6', 'byl odebrán uživatel'],
])('type %s is told in words', async (type, words) => {
  expect(await textOf(0, html, xml(type))).toContain(words);
});

test('an unknown type, a missing or an endless file are left to the attachments', async () => {
  const endless = { name: 'SystemMessage.xml', content: Buffer.concat([Buffer.alloc(70_000, ' '), xml('1').content]) };
  for (const files of [[html, xml('99')], [html], [endless]])
    expect(await textOf(0, ...files)).not.toContain('Vaši odeslanou');
});

test('somebody else’s file of that name means nothing', async () => {
  expect(await textOf(10, html, xml('1'))).not.toContain('Vaši odeslanou');
});
