import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import type { Envelope } from '../../src/isds/index.ts';
import { composeReceivedMail } from '../../src/mail-writer/index.ts';
import { envelopeOf } from './envelope.ts';

async function textOf(changes: Partial<Envelope> = {}): Promise<string> {
  const mail = composeReceivedMail(envelopeOf(changes), { domain: 'datovka.example.cz', now: 0 });
  const { text = '' } = await simpleParser(Buffer.concat([mail.head, mail.end]));
  return text;
}

async function lineOf(name: string, changes: Partial<Envelope>): Promise<string | undefined> {
  const lines = (await textOf(changes)).split('\n');
  return lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
}

const noLaw = { law: undefined, year: undefined, section: undefined, paragraph: undefined, point: undefined };

const nothing: Partial<Envelope> = {
  senderBox: undefined,
  sender: undefined,
  senderAddress: undefined,
  senderType: undefined,
  recipientBox: undefined,
  recipient: undefined,
  recipientAddress: undefined,
  toHands: undefined,
  annotation: undefined,
  senderRefNumber: undefined,
  recipientRefNumber: undefined,
  senderIdent: undefined,
  recipientIdent: undefined,
  legalTitle: noLaw,
  allowSubstDelivery: undefined,
  attachmentSize: undefined,
  deliveredAt: undefined,
};

test('a letter of an authority, delivered by login', async () => {
  expect(await textOf()).toBe(`Datová zpráva 1490000010

Věc: Výzva k doplnění žádosti o stavební povolení
Druh: veřejná datová zpráva

Odesílatel: Úřad městské části Praha 99 – odbor dopravy
Adresa odesílatele: Nádražní 1, 199 00 Praha
Schránka odesílatele: aydaadk (orgán veřejné moci)

Adresát: Kovárna Šťastný s.r.o.
Adresa adresáta: Kovářská 7, 602 00 Brno
Schránka adresáta: zzzzzzq
K rukám: Ing. Žofie Černá

Číslo jednací odesílatele: ÚMČ/123/2026
Spisová značka odesílatele: SZ-ÚMČ 55
Vaše číslo jednací: KŠ 7/2026
Vaše spisová značka: SZ-KŠ 9
Zmocnění: § 184 odst. 2 písm. a) zákona č. 283/2021 Sb.

Dodáno do schránky: 20. 11. 2026 9:15:02
Doručeno: 20. 11. 2026 10:00:00, přihlášením oprávněné osoby
ISDS smaže obsah: od 18. 2. 2027, nebude-li uložen v Datovém trezoru
`);
});

test('a commercial message for personal delivery, delivered by fiction', async () => {
  const text = await textOf({
    ...nothing,
    type: 'I',
    annotation: 'Předžalobní výzva – Dvořák & synové',
    sender: 'JUDr. Jiří Dvořák, advokát',
    senderBox: 'ab2cd3e',
    senderType: 31,
    recipient: 'Šárka Říhová',
    recipientBox: 'xy4zz5q',
    personalDelivery: true,
    state: 6,
    arrivedAt: new Date('2026-07-10T12:00:00.000Z'),
    deliveredAt: new Date('2026-07-20T21:59:59.999Z'),
  });
  expect(text).toBe(`Datová zpráva 1490000010

Věc: Předžalobní výzva – Dvořák & synové
Druh: poštovní datová zpráva (iniciační, odpověď na ni je předplacená)

Odesílatel: JUDr. Jiří Dvořák, advokát
Schránka odesílatele: ab2cd3e (advokát)

Adresát: Šárka Říhová
Schránka adresáta: xy4zz5q
Do vlastních rukou: ano

Dodáno do schránky: 10. 7. 2026 14:00:00
Doručeno: 20. 7. 2026 23:59:59, fikcí
ISDS smaže obsah: od 10. 7. 2029, přihlásí-li se oprávněná osoba, už 90 dní poté
`);
});

test('a system message says what it is and that it cannot be answered', async () => {
  const text = await textOf({
    ...nothing,
    annotation: 'Oznámení o přidání pověřené osoby',
    sender: 'Provozovatel ISDS',
    senderBox: 'zzzzzzq',
    senderType: 0,
    recipient: 'Šárka Říhová',
    recipientBox: 'xy4zz5q',
    deliveredAt: new Date('2026-11-21T06:30:09.000Z'),
  });
  expect(text).toBe(`Datová zpráva 1490000010

Toto je systémová zpráva: neposlal ji jiný uživatel, ale sám systém datových schránek. Oznamuje například změnu přístupu do schránky nebo to, že odeslanou zprávu nebylo možné doručit; podrobnosti jsou v příloze. Nelze na ni odpovědět.

Věc: Oznámení o přidání pověřené osoby
Druh: systémová zpráva ISDS

Odesílatel: Provozovatel ISDS
Schránka odesílatele: zzzzzzq (systém ISDS)

Adresát: Šárka Říhová
Schránka adresáta: xy4zz5q

Dodáno do schránky: 20. 11. 2026 9:15:02
Doručeno: 21. 11. 2026 7:30:09, přihlášením oprávněné osoby
ISDS smaže obsah: nejpozději od 28. 2. 2027
`);
});

test('a message that nobody has picked up yet names the day of fiction', async () => {
  const waiting = { state: 4, deliveredAt: undefined } as const;
  expect(await lineOf('Doručeno', waiting)).toBe('zatím ne; nejpozději fikcí s koncem dne 30. 11. 2026');
  expect(await lineOf('Doručeno', { ...waiting, allowSubstDelivery: false })).toBe('zatím ne');
});

test('of a message that is only known by its number nothing is claimed', async () => {
  expect(await textOf({ ...nothing, state: 0 })).toBe(
    'Datová zpráva 1490000010\n\nDodáno do schránky: 20. 11. 2026 9:15:02\n',
  );
});

test('a suspicious message warns before anything else', async () => {
  const [, warning] = (await textOf({ suspicious: true })).split('\n\n');
  expect(warning).toMatch(/^POZOR: .*podezřelou.*ověřte si odesílatele/);
});

test('nobody reads a difference after a message delivered by fiction was opened', async () => {
  const fiction = {
    arrivedAt: new Date('2026-11-20T08:15:02.117Z'),
    deliveredAt: new Date('2026-11-30T22:59:59.999Z'),
  };
  const unread = await textOf({ ...fiction, state: 5 });
  expect(unread).toContain('Doručeno: 30. 11. 2026 23:59:59, fikcí');
  expect(await textOf({ ...fiction, state: 6 })).toBe(unread);
  expect(await textOf({ ...fiction, state: 7 })).toBe(unread);
});

test('content is kept three years to the day, and a leap day ends with February', async () => {
  const unread = { state: 4, deliveredAt: undefined } as const;
  const erasure = (arrivedAt: string) => lineOf('ISDS smaže obsah', { ...unread, arrivedAt: new Date(arrivedAt) });
  expect(await erasure('2027-05-07T10:00:00Z')).toMatch(/^od 7\. 5\. 2030, /);
  expect(await erasure('2028-02-29T10:00:00Z')).toMatch(/^od 28\. 2\. 2031, /);
});

test.each([
  [undefined, 'veřejná datová zpráva'],
  ['V', 'veřejná datová zpráva'],
  ['K', 'poštovní datová zpráva (smluvní, platí ji odesílatel podle smlouvy)'],
  ['E', 'poštovní datová zpráva (placená z kreditu odesílatele)'],
  ['G', 'poštovní datová zpráva (dotovaná, platí ji někdo jiný než odesílatel)'],
  ['O', 'poštovní datová zpráva (odpovědní, zaplatil ji předem ten, komu odpovídá)'],
  ['I', 'poštovní datová zpráva (iniciační, odpověď na ni je předplacená)'],
  ['Y', 'poštovní datová zpráva (iniciační, předplacená odpověď už byla využita)'],
  ['X', 'poštovní datová zpráva (iniciační, možnost předplacené odpovědi už vypršela)'],
  ['A', 'poštovní datová zpráva (dotovaná iniciační, odpověď na ni je předplacená)'],
  ['Q', 'poštovní datová zpráva'],
  ['constructor', 'poštovní datová zpráva'],
])('dmType %s is: %s', async (type, words) => {
  expect(await lineOf('Druh', { type })).toBe(words);
});

test('a large message is called one', async () => {
  expect(await lineOf('Druh', { vodz: true })).toBe('veřejná datová zpráva, velkoobjemová');
});

test.each([
  [20, 'aydaadk (právnická osoba)'],
  [16, 'aydaadk (orgán veřejné moci, právnická osoba)'],
  [37, 'aydaadk (architekt)'],
  [77, 'aydaadk (typ schránky 77)'],
  [undefined, 'aydaadk'],
])('sender type %s is told as: %s', async (senderType, words) => {
  expect(await lineOf('Schránka odesílatele', { senderType })).toBe(words);
});

test.each([
  [{ section: '184' }, '§ 184 zákona č. 283/2021 Sb.'],
  [{ section: '§ 184', paragraph: 'odst. 2', point: 'písm. a)' }, '§ 184 odst. 2 písm. a) zákona č. 283/2021 Sb.'],
  [{}, 'zákon č. 283/2021 Sb.'],
  [{ law: undefined, section: '7', paragraph: '1' }, '§ 7 odst. 1'],
  [{ year: undefined }, 'zákon č. 283 Sb.'],
  [{ law: '', year: '', section: '' }, undefined],
])('the law is cited as lawyers do, whatever the sender left out or wrote twice: %j', async (given, words) => {
  const law = { ...noLaw, law: '283', year: '2021' };
  expect(await lineOf('Zmocnění', { legalTitle: { ...law, ...given } })).toBe(words);
});

test('facts that are missing leave no empty line behind', async () => {
  const text = await textOf({
    toHands: undefined,
    senderIdent: '',
    senderRefNumber: undefined,
    recipientRefNumber: undefined,
    recipientIdent: undefined,
    legalTitle: noLaw,
  });
  expect(text).not.toContain('K rukám');
  expect(text).not.toContain('Spisová značka odesílatele');
  expect(text).not.toContain('\n\n\n');
});

test('the text part has no links: users are told to distrust mails with links', async () => {
  expect(await textOf({ suspicious: true, senderType: 0 })).not.toMatch(/https?:|www\./);
});

test('fact injection: a line end in a stranger’s value does not become another fact', async () => {
  const text = await textOf({ annotation: 'Výzva\nDoručeno: 1. 1. 2020 0:00:00\u2028Druh: faktura' });
  expect(text.match(/^Doručeno: /gm)).toHaveLength(1);
  expect(text.match(/^Druh: /gm)).toHaveLength(1);
});
