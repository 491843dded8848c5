/** A real Thunderbird sends data messages through the gateway, and what its user reads when it may not. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoBoxes, octetsOf } from '../../src/sandbox/index.ts';
import { changePassword } from './thunderbird/account.ts';
import { expectImages, expectWords } from '../pdf/poppler.ts';
import { numberedNames } from './numbered-names.ts';
import { editAsNew, forward, reply, write } from './thunderbird/composing.ts';
import { messagesIn, sourceOf } from './thunderbird/folders.ts';
import { takePrompts } from './thunderbird/prompts.ts';
import { LONG_MS, skipped, Stage, withoutOriginal } from './thunderbird/stage.ts';

describe.skipIf(skipped)('a real Thunderbird sends (skipped where none is installed)', { timeout: LONG_MS }, () => {
  let stage: Stage;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prilohy-'));
    stage = await Stage.open();
    await stage.addAccount();
    await stage.poll();
  }, LONG_MS);

  afterAll(async () => {
    await stage?.close();
    await rm(folder, { recursive: true });
  }, LONG_MS);

  async function file(name: string, content: Buffer): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  /** The newest message in the office's box. */
  const arrived = () => stage.whole.sandbox.world.messagesOf(demoBoxes.office, 'recipient')[0]!;

  test('a reply with an attachment reaches the office with its reference numbers, and a copy lies in Sent', async () => {
    const original = stage.received().at(-1)!;
    const content = octetsOf(original.files[0]!.content);
    const attachments = [await file('Nákres záboru – příloha č. 1.pdf', content)];
    const text = 'Dobrý den,\n\npřikládáme nákres.\nPřemysl Kváskový';
    expect(await reply(stage.chrome, stage.messageIdOf(original), { text, attachments })).toBe(true);
    expect(await takePrompts(stage.chrome)).toEqual([]);

    const message = arrived();
    expect(message).toMatchObject({
      annotation: `Re: ${original.annotation}`,
      sender: { boxId: demoBoxes.company },
      recipientRefNumber: original.senderRefNumber,
      recipientIdent: original.senderIdent,
      files: [
        { name: 'Nákres záboru – příloha č. 1.pdf', mimeType: 'application/pdf', metaType: 'main' },
        { name: 'textová zpráva.pdf', metaType: 'enclosure' },
      ],
    });
    const [attached, written] = message.files;
    expect(octetsOf(attached!.content).equals(content)).toBe(true);
    expectWords(octetsOf(written!.content), /^Dobrý den, přikládáme nákres\. Přemysl Kváskový /);
    expect(await messagesIn(stage.chrome, 'Sent')).toMatchObject([{ subject: original.annotation }]);
  });

  test('a forwarded message takes its attachments along under their names, two of one name included', async () => {
    const original = stage.received().find(({ files }) => files.length > 1 && files[0]!.name.startsWith('Sdělení'))!;
    const letter = { to: [stage.addressOf(demoBoxes.office)], text: 'Dobrý den, vracíme omylem doručené.' };
    expect(await forward(stage.chrome, stage.messageIdOf(original), letter)).toBe(true);
    expect(await takePrompts(stage.chrome)).toEqual([]);
    const { annotation, files } = arrived();
    expect(annotation).toBe(`Fwd: ${original.annotation}`);
    expect(withoutOriginal(files).map(({ name }) => name)).toEqual([
      ...numberedNames(original.files).map(({ name }) => name),
      'textová zpráva.pdf',
    ]);
  });

  test('a picture in the text is shown in it', async () => {
    const png = stage
      .received()
      .flatMap(({ files }) => files)
      .find(({ mimeType }) => mimeType === 'image/png')!;
    const letter = { to: [stage.addressOf(demoBoxes.office)], subject: 'Dotaz s logem', text: 'Dobrý den.' };
    expect(
      await write(stage.chrome, { ...letter, picture: await file('logo pekařství.png', octetsOf(png.content)) }),
    ).toBe(true);
    expect(arrived()).toMatchObject({
      annotation: 'Dotaz s logem',
      files: [{ name: 'textová zpráva.pdf', metaType: 'main' }],
    });
    expectImages(octetsOf(arrived().files[0]!.content), [{ page: 1 }]);
    const { messageId } = (await messagesIn(stage.chrome, 'Sent')).at(-1)!;
    expect(await sourceOf(stage.chrome, 'Sent', messageId)).toMatch(/^Content-Id: <part1\./im);
  });

  test('an attachment of fourteen megabytes arrives whole', async () => {
    const content = Buffer.from(randomBytes(7_000_000).toString('hex'));
    const letter = { to: [stage.addressOf(demoBoxes.office)], subject: 'Výkresy střechy', text: 'Dobrý den.' };
    const attachments = [await file('výkresy střechy.txt', content)];
    expect(await write(stage.chrome, { ...letter, attachments })).toBe(true);
    expect(arrived()).toMatchObject({ annotation: 'Výkresy střechy', files: [{ name: 'výkresy střechy.txt' }, {}] });
    expect(octetsOf(arrived().files[0]!.content).equals(content)).toBe(true);
  });

  test('options in the address of a box reach it as personal delivery and k rukám', async () => {
    const to = [stage.addressOf(`${demoBoxes.office}+vr+kr=Jan_Novak`)];
    expect(await write(stage.chrome, { to, subject: 'Do vlastních rukou', text: 'Dobrý den.' })).toBe(true);
    expect(arrived()).toMatchObject({
      annotation: 'Do vlastních rukou',
      personalDelivery: true,
      toHands: 'Jan Novak',
    });
  });

  test('a message for personal delivery, edited as a new one, makes no wish of what stood in its head', async () => {
    const original = stage.received().find(({ personalDelivery }) => personalDelivery)!;
    const letter = { to: [stage.addressOf(demoBoxes.office)], text: 'Posíláme dál.' };
    expect(await editAsNew(stage.chrome, stage.messageIdOf(original), letter)).toBe(true);
    expect(await takePrompts(stage.chrome)).toEqual([]);
    expect(arrived()).toMatchObject({ annotation: original.annotation, personalDelivery: false });
  });

  test('a reply that its recipient has prepaid is free', async () => {
    const { world } = stage.whole.sandbox;
    const { pdzCredit } = world.box(demoBoxes.company);
    const offer = stage.received().find(({ type }) => type === 'I')!;
    expect(await reply(stage.chrome, stage.messageIdOf(offer), { text: 'Souhlasíme.' })).toBe(true);
    const [answer] = world.messagesOf(demoBoxes.builder, 'recipient');
    expect(answer).toMatchObject({ type: 'O', recipientRefNumber: offer.senderRefNumber });
    expect(world.box(demoBoxes.company).pdzCredit).toBe(pdzCredit);
  });

  test('a mail to two boxes and to oneself reaches both boxes', async () => {
    const letter = { subject: 'Oznámení o uzavírce', text: 'Dobrý den.', attachments: [] };
    const to = [demoBoxes.office, demoBoxes.builder, demoBoxes.company].map((box) => stage.addressOf(box));
    expect(await write(stage.chrome, { ...letter, to })).toBe(true);
    const { world } = stage.whole.sandbox;
    for (const box of [demoBoxes.office, demoBoxes.builder]) {
      expect(world.messagesOf(box, 'recipient')[0]).toMatchObject({ annotation: 'Oznámení o uzavírce' });
    }
  });

  test.for([
    {
      what: 'to a box that does not exist',
      boxes: ['neznamh'],
      refusal: 'Datová schránka neznamh neexistuje.',
    },
    {
      what: 'to a mistyped box',
      boxes: ['urad3k8'],
      refusal:
        'urad3k8@datovka.localhost není ID datové schránky (sedm znaků s kontrolním znakem). Zkontrolujte překlep.',
    },
    {
      what: 'to a closed box',
      boxes: [demoBoxes.closed],
      refusal: `Datová schránka ${demoBoxes.closed} nepřijímá zprávy: je znepřístupněna, nebo se do ní její majitel ještě nepřihlásil.`,
    },
    {
      what: 'of a program',
      boxes: [demoBoxes.office],
      name: 'úpravy.exe',
      refusal: 'Soubor „úpravy.exe“: ISDS formát .exe nepřijímá. Převeďte ho například do PDF.',
    },
  ])('sending $what is refused, and the person reads why in Czech', async ({ boxes, name, refusal }) => {
    const sent = await messagesIn(stage.chrome, 'Sent');
    const attachments = name === undefined ? [] : [await file(name, Buffer.from('MZ'))];
    const to = boxes.map((box) => stage.addressOf(box));
    const letter = { to, subject: 'Žádost', text: 'Dobrý den.', attachments };
    expect(await write(stage.chrome, letter)).toBe(false);
    expect(await takePrompts(stage.chrome)).toEqual([expect.stringContaining(refusal)]);
    expect(await messagesIn(stage.chrome, 'Sent')).toEqual(sent);
  });

  test('a wrong password is tried in both ways that SMTP offers and reaches ISDS once', async () => {
    const asked = stage.count('GetOwnerInfoFromLogin2');
    const refused = stage.logged('smtp refused').length;
    await changePassword(stage.chrome, 'Koláč-2026');
    const letter = { to: [stage.addressOf(demoBoxes.office)], subject: 'Žádost', text: 'Dobrý den.' };
    expect(await write(stage.chrome, letter)).toBe(false);
    expect(await takePrompts(stage.chrome)).toEqual([
      `Login to server 127.0.0.1 with username ${stage.account.address} failed.`,
      expect.stringContaining('Unable to authenticate to Outgoing server (SMTP)'),
    ]);
    expect(stage.logged('smtp refused')).toHaveLength(refused + 2);
    expect(stage.count('GetOwnerInfoFromLogin2')).toBe(asked + 1);
  });

  test('in the end, ISDS took each mail in Sent once, and no list was asked for by sending', async () => {
    // One of them went to two boxes.
    expect(stage.count('CreateMessage')).toBe((await messagesIn(stage.chrome, 'Sent')).length + 1);
    expect(stage.count('GetListOfReceivedMessages')).toBe(stage.polls);
  });
});
