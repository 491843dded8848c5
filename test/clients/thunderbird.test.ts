/** A real Thunderbird reads a data box through the gateway, and what reached ISDS by it. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/index.ts';
import { demoBoxes, demoLogins, octetsOf, State } from '../../src/sandbox/index.ts';
import { numberedNames } from './numbered-names.ts';
import { changePassword, storedPasswords } from './thunderbird/account.ts';
import { deleteMessage, messagesIn, readMessage } from './thunderbird/folders.ts';
import { answerPrompts, CANCEL, RETRY, takePrompts } from './thunderbird/prompts.ts';
import { LONG_MS, digestOf, skipped, Stage, withoutOriginal } from './thunderbird/stage.ts';

const XML_DECLARATION = Buffer.from('<?xml version="1.0" encoding="UTF-8"?>\n');

describe.skipIf(skipped)('a real Thunderbird reads (skipped where none is installed)', { timeout: LONG_MS }, () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open();
  }, LONG_MS);

  afterAll(() => stage?.close(), LONG_MS);

  test('a mistyped password is refused when the account is added, and ISDS is asked once', async () => {
    const complaint = await stage.addAccount({ ...stage.account, password: 'Chléb-2026' });
    expect(complaint).toContain('Unable to log in at server.');
    expect(stage.logged('POP3 command refused')).toHaveLength(1);
    expect(stage.count('GetOwnerInfoFromLogin2')).toBe(1);
    expect(await storedPasswords(stage.chrome)).toEqual([]);
  });

  test('adding the account tries the login and delivers nothing', async () => {
    const { account } = stage;
    expect(await stage.addAccount()).toBeUndefined();
    expect(await storedPasswords(stage.chrome)).toEqual([
      ['mailbox://127.0.0.1', account.address, account.password],
      ['smtp://127.0.0.1', account.address, account.password],
    ]);
    expect(stage.count('GetListOfReceivedMessages')).toBe(0);
    expect(stage.received().filter(({ state }) => state === State.arrived)).not.toHaveLength(0);
  });

  test('Get Messages brings the whole box, oldest first', async () => {
    expect(await stage.poll()).toBe(true);
    expect(await messagesIn(stage.chrome, 'Inbox')).toEqual(
      stage.received().map((message) => ({
        messageId: stage.messageIdOf(message),
        subject: message.annotation,
        author: `${message.sender.name} <${stage.addressOf(message.sender.boxId)}>`,
        recipients: `${message.recipient.name} <${stage.addressOf(demoBoxes.company)}>`,
      })),
    );
    expect(await takePrompts(stage.chrome)).toEqual([]);
  });

  test('attachments have their names with diacritics and, saved, the octets that lie in ISDS', async () => {
    for (const message of stage.received()) {
      const { text, attachments } = await readMessage(stage.chrome, 'Inbox', stage.messageIdOf(message));
      expect(text).toContain(`Věc: ${message.annotation}\n`);
      expect(withoutOriginal(attachments).map(({ name, digest }) => ({ name, digest }))).toEqual(
        numberedNames(message.files).map(({ name, form, content }) => ({
          name,
          digest: digestOf(Buffer.concat([form === 'xml' ? XML_DECLARATION : Buffer.alloc(0), octetsOf(content)])),
        })),
      );
    }
  });

  test('each message is marked as read once, one that was read before not at all', () => {
    const [readBefore, ...others] = stage.received();
    expect(readBefore).toMatchObject({ annotation: 'Rozhodnutí o povolení zahrádky' });
    const marked = stage.whole.sandbox.calls.of('MarkMessageAsDownloaded');
    expect(marked.map(({ dmID }) => dmID)).toEqual(others.map(({ dmID }) => dmID));
    expect(others.every(({ state }) => state === State.read)).toBe(true);
  });

  test('a second Get Messages downloads nothing', async () => {
    const before = await stage.inbox();
    const { downloads } = stage;
    expect(await stage.poll()).toBe(true);
    expect(await stage.inbox()).toEqual(before);
    expect(stage.downloads).toBe(downloads);
  });

  test('after a restart, neither does the check at the start nor the one after it', async () => {
    const before = await stage.inbox();
    const { downloads } = stage;
    await stage.restart();
    expect(await stage.poll()).toBe(true);
    expect(await stage.inbox()).toEqual(before);
    expect(stage.downloads).toBe(downloads);
  });

  test('a message deleted in Thunderbird leaves the maildrop at the next check, and ISDS never', async () => {
    const [, unwanted] = stage.received();
    const messageId = stage.messageIdOf(unwanted!);
    await deleteMessage(stage.chrome, messageId);
    const calls = stage.whole.sandbox.calls.all().length;
    expect(await stage.poll()).toBe(true);
    expect(stage.logged('POP3 session ended').at(-1)).toMatchObject({ hidden: 1 });
    expect(stage.whole.sandbox.calls.all().slice(calls)).toMatchObject([{ operation: 'GetListOfReceivedMessages' }]);
    expect(stage.received()).toContain(unwanted);
    expect(await stage.poll()).toBe(true);
    expect(await stage.inbox()).not.toContain(messageId);
    expect(await messagesIn(stage.chrome, 'Trash')).toMatchObject([{ messageId }]);
  });

  test('a new profile, with STARTTLS, gets all but the deleted message and marks none again', async () => {
    const { pop3: pop3Port, smtp: smtpPort } = stage.whole.gateway.ports;
    const marks = stage.count('MarkMessageAsDownloaded');
    await stage.elsewhere(async (chrome) => {
      const account = { ...stage.account, security: 'alwaysSTARTTLS', pop3Port, smtpPort } as const;
      expect(await stage.addAccount(account, chrome)).toBeUndefined();
      expect(await stage.poll(chrome)).toBe(true);
      expect(await stage.inbox(chrome)).toEqual(await stage.inbox());
      expect(await takePrompts(chrome)).toEqual([]);
    });
    expect(stage.count('MarkMessageAsDownloaded')).toBe(marks);
  });

  test('a message that the clerk may not read comes as a note and does not stop the others', async () => {
    const clerk = demoLogins.find(({ name }) => name === 'pekar2')!;
    await stage.elsewhere(async (chrome) => {
      const account = { ...stage.account, address: stage.addressOf(clerk.name), password: clerk.password };
      expect(await stage.addAccount(account, chrome)).toBeUndefined();
      expect(await stage.poll(chrome)).toBe(true);
      const ids = await stage.inbox(chrome);
      expect(ids).toHaveLength(stage.received().length);
      const personal = stage.received().find(({ personalDelivery }) => personalDelivery)!;
      const { text, attachments } = await readMessage(chrome, 'Inbox', stage.addressOf(`${personal.dmID}-obalka`));
      expect(text).toContain('Zpráva je určena do vlastních rukou a tento účet takové zprávy číst nesmí.');
      expect(attachments).toEqual([]);
      expect(await takePrompts(chrome)).toEqual([]);
    });
  });

  test('a new message of fourteen megabytes comes with the next check, alone and whole', async () => {
    const before = await stage.inbox();
    const content = randomBytes(14_000_000);
    const message = stage.whole.sandbox.world.deliver({
      from: demoBoxes.office,
      to: demoBoxes.company,
      annotation: 'Projektová dokumentace k nahlédnutí',
      files: [{ name: 'výkresová část.zip', mimeType: 'application/zip', metaType: 'main', content }],
    });
    expect(await stage.poll()).toBe(true);
    expect(await stage.inbox()).toEqual([...before, stage.messageIdOf(message)]);
    const { attachments } = await readMessage(stage.chrome, 'Inbox', stage.messageIdOf(message));
    expect(withoutOriginal(attachments)).toEqual([
      { name: 'výkresová část.zip', type: 'application/zip', digest: digestOf(content) },
    ]);
  });

  test('during maintenance of ISDS the person is told so, and nothing comes twice after it', async () => {
    const before = await stage.inbox();
    stage.whole.sandbox.faults.add({ kind: 'http503', operation: 'GetListOfReceivedMessages' });
    expect(await stage.poll()).toBe(false);
    expect(await takePrompts(stage.chrome)).toEqual([expect.stringContaining('ISDS ma odstavku. Zkuste to pozdeji.')]);
    expect(await stage.poll()).toBe(true);
    expect(await stage.inbox()).toEqual(before);
  });

  test('a wrong password, tried again and again, reaches ISDS once', async () => {
    const asked = stage.count('GetOwnerInfoFromLogin2');
    const refused = stage.logged('POP3 command refused').length;
    await changePassword(stage.chrome, 'Koláč-2026');
    await answerPrompts(stage.chrome, RETRY, CANCEL);
    expect(await stage.pollInVain()).toBe(false);
    const failed = `Login to server 127.0.0.1 with username ${stage.account.address} failed.`;
    expect(await takePrompts(stage.chrome)).toEqual([failed, failed]);
    expect(stage.logged('POP3 command refused')).toHaveLength(refused + 2);
    expect(stage.count('GetOwnerInfoFromLogin2')).toBe(asked + 1);
    await changePassword(stage.chrome, stage.account.password);
  });

  test('after a change of password on the portal the old one reaches ISDS once more, and the new one works at once', async () => {
    const { world, calls } = stage.whole.sandbox;
    world.login('pekar1').password = new Secret('Vdolek-2027');
    const refusals = () => calls.all().filter(({ httpStatus }) => httpStatus === 401).length;
    const before = refusals();
    expect(await stage.poll()).toBe(false);
    expect(await takePrompts(stage.chrome)).toEqual([
      expect.stringContaining('Nespravne prihlasovaci jmeno nebo heslo do datove schranky.'),
    ]);
    expect(await stage.pollInVain()).toBe(false);
    expect(refusals()).toBe(before + 1);
    await changePassword(stage.chrome, 'Vdolek-2027');
    expect(await stage.poll()).toBe(true);
  });

  test('in the end, ISDS was asked for the list once a check', () => {
    expect(stage.count('GetListOfReceivedMessages')).toBe(stage.polls);
  });
});
