/** UploadAttachment: the files of a large message, one by one (isds §6.4). */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MultipartReader } from '../../src/isds/http/multipart.ts';
import { multipartType } from '../../src/isds/http/multipart-type.ts';
import { parseXml, type XmlElement } from '../../src/isds/xml/xml.ts';
import { exampleText } from './examples.ts';
import { accountAt, type Answer, answers12, envelopeAround12, http, status } from './fake-isds.ts';
import { attached, rootPart } from './attached.ts';
import { file, TEXT } from './outgoing.ts';
import { sendUnread } from './unread.ts';

const sha = (algorithm: string, content: Buffer): string => createHash(algorithm).update(content).digest('hex');

function uploadContent(content: Buffer, changes: { first?: string; second?: string; algorithm?: string } = {}): string {
  const { first = sha('sha256', content), second = sha('sha3-256', content), algorithm = 'SHA-256' } = changes;
  return `<q:dmAttID>54520</q:dmAttID><q:dmAttHash1 AttHashAlg="${algorithm}">${first}</q:dmAttHash1><q:dmAttHash2 AttHashAlg="SHA3-256">${second}</q:dmAttHash2>`;
}

const uploaded = (...given: Parameters<typeof uploadContent>): Answer =>
  answers12('UploadAttachment', uploadContent(...given));

/** What a request with parts brought, by Content-ID. */
function parts({ headers, body }: { headers: { 'content-type'?: string | undefined }; body: Buffer }) {
  const type = multipartType(headers['content-type'] ?? '');
  const reader = new MultipartReader(type?.boundary ?? '');
  const found: { id: string; content: Buffer }[] = [];
  for (const event of reader.push(body)) {
    if (event.kind === 'part') found.push({ id: event.headers.get('content-id') ?? '', content: Buffer.alloc(0) });
    else {
      const last = found.pop();
      found.push({ id: last?.id ?? '', content: Buffer.concat([last?.content ?? Buffer.alloc(0), event.octets]) });
    }
  }
  reader.end();
  return { start: type?.start, found };
}

function find(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => (child.name === name ? [child] : find(child, name)));
}

describe('an upload', () => {
  test('is XML that refers to the file, then the file as it is, with an exact length', async () => {
    const content = Buffer.from(`Žluťoučký\r\n--kůň\u0000${'x'.repeat(200_000)}`);
    const { fake, account } = await accountAt(uploaded(content));
    const chunks = [content.subarray(0, 1), content.subarray(1, 100_000), content.subarray(100_000)];
    await expect(account.uploadAttachment(file(chunks))).resolves.toEqual({
      attachmentId: '54520',
      digests: [
        { algorithm: 'SHA-256', value: sha('sha256', content) },
        { algorithm: 'SHA3-256', value: sha('sha3-256', content) },
      ],
    });
    const [request] = fake.received as [(typeof fake.received)[0]];
    expect(request.path).toBe('/DS/vodz');
    expect(request.headers['content-length']).toBe(String(request.body.length));
    expect(request.headers).not.toHaveProperty('transfer-encoding');
    expect(request.headers).not.toHaveProperty('expect');
    expect(request.headers['content-type']).toMatch(
      /^multipart\/related; type="application\/xop\+xml"; start="<[^>]+>"; start-info="application\/soap\+xml"; action=""; boundary="[^"]+"$/,
    );
    const { start, found } = parts(request);
    expect(found.map(({ id }) => id)).toEqual([start, '<file@postolka>']);
    expect(found[1]?.content).toEqual(content);
    const root = parseXml(found[0]?.content ?? Buffer.alloc(0));
    expect(root.namespace).toBe('http://www.w3.org/2003/05/soap-envelope');
    expect(Object.fromEntries(find(root, 'dmFile')[0]?.attributes ?? [])).toEqual({
      dmMimeType: 'application/pdf',
      dmFileDescr: 'Příloha č. 1 "<&>\'.pdf',
    });
    expect(find(root, 'Include')[0]?.attributes.get('href')).toBe('cid:file@postolka');
  });

  test('may be answered in parts', async () => {
    const { account } = await accountAt(attached([rootPart('UploadAttachment', uploadContent(TEXT))]));
    await expect(account.uploadAttachment(file([TEXT]))).resolves.toMatchObject({ attachmentId: '54520' });
  });

  test('is refused when the file is not any more what was received', async () => {
    const { account } = await accountAt(uploaded(TEXT));
    const spoiled = file([TEXT], { sha256: sha('sha256', Buffer.from('x')) });
    await expect(account.uploadAttachment(spoiled)).rejects.toMatchObject({ kind: 'not-intact' });
  });

  test('is refused when the SHA-256 digest is not that of the file', async () => {
    const { account } = await accountAt(uploaded(TEXT, { first: sha('sha256', Buffer.from('x')) }));
    await expect(account.uploadAttachment(file([TEXT]))).rejects.toMatchObject({
      kind: 'not-intact',
      outcome: 'not-executed',
    });
  });

  test('believes and keeps a digest of an algorithm that is not known, and letters of either size', async () => {
    const first = sha('sha256', TEXT).toUpperCase();
    const { account } = await accountAt(
      uploaded(TEXT, { algorithm: 'SHA-999', first: 'abc' }),
      uploaded(TEXT, { algorithm: 'sha-256', first }),
    );
    await expect(account.uploadAttachment(file([TEXT]))).resolves.toMatchObject({
      digests: [{ algorithm: 'SHA-999', value: 'abc' }, { algorithm: 'SHA3-256' }],
    });
    await expect(account.uploadAttachment(file([TEXT]))).resolves.toMatchObject({
      digests: [{ algorithm: 'sha-256', value: first }, {}],
    });
  });

  test.each([
    ['an ID', uploadContent(TEXT).replace(/<q:dmAttID>.*<\/q:dmAttID>/, '')],
    ['a digest', uploadContent(TEXT).replace(/<q:dmAttHash2.*/, '')],
    ['an algorithm', uploadContent(TEXT).replace(' AttHashAlg="SHA-256"', '')],
  ])('is no answer without %s', async (_, content) => {
    const { account } = await accountAt(answers12('UploadAttachment', content));
    await expect(account.uploadAttachment(file([TEXT]))).rejects.toMatchObject({ kind: 'not-xml' });
  });

  test.each([
    ['that is longer than it was said', file([TEXT, TEXT], { size: TEXT.length })],
    ['that is shorter than it was said', file([TEXT], { size: TEXT.length + 1 })],
    ['whose name XML cannot carry', file([TEXT], { name: 'a\u0000.pdf' })],
    [
      'that cannot be read',
      file([], {
        size: 10,
        async *open() {
          yield Buffer.from('abc');
          throw new Error('disk');
        },
      }),
    ],
  ])('does not reach ISDS whole with a file %s', async (_, bad) => {
    const { fake, account } = await accountAt(uploaded(TEXT));
    await expect(account.uploadAttachment(bad)).rejects.toMatchObject({ kind: 'unsendable', outcome: 'not-executed' });
    expect(fake.received).toEqual([]);
  });

  test.each([
    ['1214', 'user-error'],
    ['1227', 'user-error'],
    ['1280', 'user-error'],
    ['1286', 'temporary'],
    ['1287', 'user-error'],
    ['1298', 'temporary'],
    ['2046', 'temporary'],
    ['3013', 'temporary'],
  ])('that ISDS refuses with %s is told as %s and leaves no doubt', async (code, expected) => {
    const { account } = await accountAt(answers12('UploadAttachment', '', status('dm', code, 'Nelze')));
    await expect(account.uploadAttachment(file([TEXT]))).rejects.toMatchObject({
      failure: { code, class: expected },
      outcome: 'not-executed',
    });
  });

  test('whose answer is lost leaves no doubt either', async () => {
    const { account } = await accountAt((response) => response.socket?.destroy());
    await expect(account.uploadAttachment(file([TEXT]))).rejects.toMatchObject({
      kind: 'unreachable',
      outcome: 'not-executed',
    });
  });

  test('goes no faster than ISDS takes it', async () => {
    const count = 1600;
    const { ended, produced } = await sendUnread(count, (account, long, signal) =>
      account.uploadAttachment(long, { signal }),
    );
    expect(ended).toMatchObject({ kind: 'aborted', outcome: 'not-executed' });
    expect(produced).toBeLessThan(count / 2);
  });
});

const example = (name: string) =>
  http(200, 'application/soap+xml', envelopeAround12(exampleText(`dm/${name}`).replace(/^<\?xml[^>]*>\s*/, '')));

describe('the example', () => {
  test('is understood, with true digests', async () => {
    const { account } = await accountAt(example('UploadAttachment.resp.xml'));
    const upload = await account.uploadAttachment(file([Buffer.from('%PDF-1.4\n%%EOF\n')]));
    expect(upload.attachmentId).toBe('54520');
  });
});
