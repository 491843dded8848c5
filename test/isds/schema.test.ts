import { describe, expect, test } from 'vitest';
import type { OutgoingMessage, OutgoingMultiple, UploadedFile } from '../../src/isds/index.ts';
import { SCHEMA_VERSIONS, schemaErrors, schemasAreThere } from '../official-schema.ts';
import { accountAt, http } from './fake-isds.ts';
import { file as anyFile } from './outgoing.ts';

const AWKWARD = `Žluťoučký <kůň> & "úpěl" 'ďábelské' ódy]]>`;

const BARE: OutgoingMessage = {
  recipientBox: 'urad453',
  annotation: AWKWARD,
  files: [file('main', '')],
};

const FULL: OutgoingMessage = {
  ...BARE,
  toHands: AWKWARD,
  senderRefNumber: AWKWARD,
  recipientRefNumber: AWKWARD,
  senderIdent: AWKWARD,
  recipientIdent: AWKWARD,
  legalTitle: { law: '300', year: '2008', section: AWKWARD, paragraph: '3', point: 'ž' },
  personalDelivery: true,
  allowSubstDelivery: false,
  publishOwnId: 5,
  type: 'I',
  files: [file('main', 'a'), file('enclosure', 'ab'), file('enclosure', 'abc')],
};

const UPLOADED: UploadedFile = {
  attachmentId: '54520',
  digests: [
    { algorithm: 'SHA-256', value: AWKWARD },
    { algorithm: 'SHA3-256', value: 'ab' },
  ],
};

const MULTIPLE: OutgoingMultiple = {
  ...FULL,
  publishOwnId: true,
  recipients: [{ boxId: 'urad453' }, { boxId: 'pepa23v', toHands: AWKWARD }],
};

function file(metaType: 'main' | 'enclosure', content: string) {
  return anyFile([Buffer.from(content)], { name: `${AWKWARD}.pdf`, metaType });
}

/** The bodies of every request the client can make, by the schema they belong to. */
async function everyRequest(): Promise<{ dm: string[]; db: string[] }> {
  const { fake, account } = await accountAt(http(503, 'text/html', ''));
  const day = new Date('2026-11-20T08:00:00Z');
  const dm = [
    () => account.listReceived({ statusFilter: -1, limit: 1000 }),
    () => account.listReceived({ from: day, to: day, statusFilter: 1023, limit: 1 }),
    () => account.listSent({ from: day, statusFilter: -1, limit: 1000 }),
    () => account.downloadEnvelope('1490000002'),
    () => account.downloadMessage('1490000002')[Symbol.asyncIterator]().next(),
    () => account.downloadOriginal('1490000002')[Symbol.asyncIterator]().next(),
    () => account.markAsDownloaded('1490000002'),
    () => account.registerForNotifications(),
    () => account.listNotifications(day),
    () => account.createMessage(BARE),
    () => account.createMessage(FULL),
    () => account.createMultipleMessage({ annotation: AWKWARD, recipients: [{ boxId: 'urad453' }], files: BARE.files }),
    () => account.createMultipleMessage(MULTIPLE),
    () => account.downloadBigOriginal('1490000002')[Symbol.asyncIterator]().next(),
    () => account.createBigMessage({ ...BARE, files: [{ uploaded: UPLOADED, metaType: 'main' }] }),
    () => account.createBigMessage({ ...FULL, files: [{ uploaded: UPLOADED, metaType: 'main' }] }),
    () => account.uploadAttachment(file('main', '')),
  ];
  const db = [
    () => account.getOwnerInfo(),
    () => account.getUserInfo(),
    () => account.getPasswordExpiry(),
    () => account.checkBox('urad453'),
    () => account.findBox('urad453'),
    () => account.findBoxesByIco('87654321'),
    () => account.canSendPdz('urad453'),
    () => account.prices(),
  ];
  for (const call of [...dm, ...db]) await expect(call()).rejects.toMatchObject({ kind: 'maintenance' });
  const bodies = fake.received.map(({ body }) => bodyElement(body.toString()));
  return { dm: bodies.slice(0, dm.length), db: bodies.slice(dm.length) };
}

/** What is attached counts as the content of its element (XOP). */
function bodyElement(request: string): string {
  const body = /<soap:Body>(.*)<\/soap:Body>/s.exec(request)?.[1] ?? '';
  return body.replace(/<xop:Include [^>]*>/, 'QUFB');
}

describe.skipIf(!schemasAreThere)(
  'against the official schemas (skipped when they are not beside the repository)',
  () => {
    test.each(SCHEMA_VERSIONS)('every request is valid: %s', async (version) => {
      const requests = await everyRequest();
      expect(requests.dm).toHaveLength(17);
      expect(requests.db).toHaveLength(8);
      expect(await schemaErrors(version, 'dmBaseTypes.xsd', requests.dm)).toEqual([]);
      expect(await schemaErrors(version, 'dbTypes.xsd', requests.db)).toEqual([]);
    });
  },
);
