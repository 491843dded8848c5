import { describe, expect, test } from 'vitest';
import type { DownloadEvent } from '../../src/isds/index.ts';
import { exampleText } from './examples.ts';
import { accountAt, answerBody, answers, envelopeAround, http, raw, soap, status } from './fake-isds.ts';

async function collect<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const collected: Event[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

/** Content joined, so that chunk boundaries do not show. */
function summary(events: readonly DownloadEvent[]): string[] {
  return events.reduce<string[]>((lines, event) => {
    if (event.kind === 'file')
      return [...lines, `${event.file.metaType} ${event.file.name} (${event.file.mimeType}): `];
    if (event.kind === 'end') return [...lines, 'end'];
    return [...lines.slice(0, -1), (lines.at(-1) ?? '') + event.octets.toString()];
  }, []);
}

const FILE = `<p:dmFile dmMimeType="application/pdf" dmFileDescr="Výzva.pdf" dmFileMetaType="main"><p:dmEncodedContent>JVBERi0xLjQKJSVFT0YK</p:dmEncodedContent></p:dmFile>`;

function message(files: string, tail = ''): string {
  return `<q:dmReturnedMessage dmType="K"><p:dmDm xmlns:p="http://isds.czechpoint.cz/v20"><p:dmID>1490000002</p:dmID><p:dmAnnotation>Výzva</p:dmAnnotation><p:dmFiles>${files}</p:dmFiles></p:dmDm><q:dmDeliveryTime>2026-11-20T09:15:02.117+01:00</q:dmDeliveryTime><q:dmMessageStatus>6</q:dmMessageStatus>${tail}</q:dmReturnedMessage>`;
}

const download = (content: string, end?: string) => answers('MessageDownload', content, end);

describe('a message', () => {
  test('comes file by file, then its envelope', async () => {
    const { fake, account } = await accountAt(download(message(FILE + FILE.replace('main', 'enclosure'))));
    const events = await collect(account.downloadMessage('1490000002'));
    expect(summary(events)).toEqual([
      'main Výzva.pdf (application/pdf): JVBERi0xLjQKJSVFT0YK',
      'enclosure Výzva.pdf (application/pdf): JVBERi0xLjQKJSVFT0YK',
      'end',
    ]);
    expect(events.at(-1)).toMatchObject({
      envelope: {
        dmID: '1490000002',
        type: 'K',
        annotation: 'Výzva',
        state: 6,
        arrivedAt: new Date('2026-11-20T08:15:02.117Z'),
      },
    });
    expect(fake.received.map(({ path }) => path)).toEqual(['/DS/dz']);
  });

  test('asks ISDS only when it is read', async () => {
    const { fake, account } = await accountAt(download(message(FILE)));
    account.downloadMessage('1490000002');
    expect(fake.received).toEqual([]);
  });

  test('that comes octet by octet is the same', async () => {
    const { account } = await accountAt((response) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      const octets = Buffer.from(envelopeAround(answerBody('MessageDownload', message(FILE))));
      const send = (at: number): void => {
        if (at === octets.length) response.end();
        else response.write(octets.subarray(at, at + 1), () => send(at + 1));
      };
      send(0);
    });
    expect(summary(await collect(account.downloadMessage('1490000002')))).toEqual([
      'main Výzva.pdf (application/pdf): JVBERi0xLjQKJSVFT0YK',
      'end',
    ]);
  });

  test.each(['1222', '1281', '1219'])('that ISDS refuses with %s has no events', async (code) => {
    const { account } = await accountAt(download('', status('dm', code, 'Nelze')));
    await expect(collect(account.downloadMessage('1490000002'))).rejects.toMatchObject({ kind: 'status', code });
  });

  test.each([
    ['a file has no content', message('<p:dmFile dmFileDescr="a.pdf"/>')],
    ['a file has content twice', message(FILE.replace(/(<p:dmEnc.*Content>)/, '$1$1'))],
    ['content lies outside the message', `${FILE.replaceAll('p:', 'q:')}${message(FILE)}`],
    ['there is no message', ''],
    ['the message has no number', message(FILE).replace('1490000002', '')],
  ])('is not ended when %s', async (_, content) => {
    const { account } = await accountAt(download(content));
    await expect(collect(account.downloadMessage('1490000002'))).rejects.toMatchObject({ kind: 'not-xml' });
  });

  test('is not ended when it is another message than the one that was asked for', async () => {
    const { account } = await accountAt(download(message(FILE)));
    await expect(collect(account.downloadMessage('1490000003'))).rejects.toMatchObject({
      failure: { kind: 'not-xml', problem: 'another message' },
    });
  });

  test('with files and a status that is no success is not ended', async () => {
    const { account } = await accountAt(download(message(FILE), status('dm', '9103', 'Nelze dešifrovat')));
    await expect(collect(account.downloadMessage('1490000002'))).rejects.toMatchObject({
      kind: 'status',
      code: '9103',
    });
  });

  test('that is a fault is a fault', async () => {
    const { account } = await accountAt(
      soap('<SOAP-ENV:Fault><faultcode>Chyba</faultcode><faultstring>Řetězec</faultstring></SOAP-ENV:Fault>'),
    );
    await expect(collect(account.downloadMessage('1490000002'))).rejects.toMatchObject({
      failure: { kind: 'fault', message: 'Chyba: Řetězec' },
    });
  });
});

describe('a truncated answer never ends', () => {
  const body = Buffer.from(envelopeAround(answerBody('MessageDownload', message(FILE))));
  const cuts = Array.from({ length: 10 }, (_, index) => Math.floor(((index + 1) * body.length) / 11));
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/xml;charset=utf-8\r\n';

  test.each(cuts)('after %i octets of the announced length', async (length) => {
    const { account } = await accountAt(
      raw(Buffer.concat([Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n`), body.subarray(0, length)])),
    );
    await expect(collect(account.downloadMessage('1490000002'))).rejects.toMatchObject({ kind: 'truncated' });
  });

  test.each(cuts)('after %i octets without announced length', async (length) => {
    const { account } = await accountAt(
      raw(Buffer.concat([Buffer.from(`${head}Connection: close\r\n\r\n`), body.subarray(0, length)])),
    );
    await expect(collect(account.downloadMessage('1490000002'))).rejects.toMatchObject({ kind: 'truncated' });
  });

  test('nor one whose chunks have no end', async () => {
    const chunk = `${body.length.toString(16)}\r\n${body.toString('latin1')}\r\n`;
    const { account } = await accountAt(
      raw(Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk}`, 'latin1')),
    );
    await expect(collect(account.downloadMessage('1490000002'))).rejects.toMatchObject({ kind: 'truncated' });
  });
});

test('attack: an endless message is cut off', async () => {
  const { account } = await accountAt((response) => {
    response.writeHead(200, { 'content-type': 'text/xml' });
    const [before = ''] = envelopeAround(answerBody('MessageDownload', message(FILE))).split('JVBER');
    response.write(before);
    const chunk = Buffer.alloc(1024 * 1024, 'A');
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    more();
  });
  await expect(collect(account.downloadMessage('1490000002'))).rejects.toMatchObject({ kind: 'oversized' });
});

test('an envelope comes alone', async () => {
  const { account } = await accountAt(
    answers(
      'MessageEnvelopeDownload',
      '<q:dmReturnedMessageEnvelope dmVODZ="true"><q:dmDm><q:dmID>7</q:dmID><q:dmSender>Úřad</q:dmSender></q:dmDm><q:dmMessageStatus>6</q:dmMessageStatus></q:dmReturnedMessageEnvelope>',
    ),
    answers('MessageEnvelopeDownload', ''),
  );
  await expect(account.downloadEnvelope('7')).resolves.toMatchObject({
    dmID: '7',
    sender: 'Úřad',
    vodz: true,
    state: 6,
  });
  await expect(account.downloadEnvelope('7')).rejects.toMatchObject({ kind: 'not-xml' });
});

describe('letting go', () => {
  const endless = http(200, 'text/xml', envelopeAround(answerBody('MessageDownload', message(FILE.repeat(2000)))));

  test('a download that is left early frees the account for the next call', async () => {
    const { account } = await accountAt(endless, answers('MarkMessageAsDownloaded', ''));
    for await (const event of account.downloadMessage('1490000002')) if (event.kind === 'content') break;
    await expect(account.markAsDownloaded('1')).resolves.toBeUndefined();
  });

  test('a download frees the account with its end, even when nobody asks what comes after it', async () => {
    const { account } = await accountAt(download(message(FILE)), answers('MarkMessageAsDownloaded', ''));
    const events = account.downloadMessage('1490000002')[Symbol.asyncIterator]();
    for (let event = await events.next(); !event.done && event.value.kind !== 'end';) event = await events.next();
    await expect(account.markAsDownloaded('1')).resolves.toBeUndefined();
  });

  test('a download that is aborted and never read on frees the account too', async () => {
    const { account } = await accountAt(endless, answers('MarkMessageAsDownloaded', ''));
    const aborter = new AbortController();
    const events = account.downloadMessage('1', { signal: aborter.signal })[Symbol.asyncIterator]();
    await events.next();
    aborter.abort();
    await expect(account.markAsDownloaded('1')).resolves.toBeUndefined();
  });

  test('a download that is aborted says so', async () => {
    const { account } = await accountAt((response) => {
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.write(envelopeAround(answerBody('MessageDownload', message(FILE))).slice(0, -100));
    });
    const aborter = new AbortController();
    const events = account.downloadMessage('1', { signal: aborter.signal })[Symbol.asyncIterator]();
    await events.next();
    await events.next();
    aborter.abort();
    await expect(events.next()).rejects.toMatchObject({ kind: 'aborted' });
  });
});

function example(name: string) {
  return soap(exampleText(`dm/${name}.xml`));
}

describe('the examples', () => {
  test('are understood', async () => {
    const { account } = await accountAt(example('MessageDownload.resp'), example('MessageEnvelopeDownload.resp'));
    expect(summary(await collect(account.downloadMessage('1490000002')))).toEqual([
      'main vyzva.pdf (application/pdf): JVBERi0xLjQKJSVFT0YK',
      'enclosure poznámka k výzvě.txt (text/plain): RG9icsO9IGRlbiwgcMWZaWtsw6Fkw6FtIHZ5asOhZMWZZW7DrS4K',
      'end',
    ]);
    await expect(account.downloadEnvelope('1490000001')).resolves.toMatchObject({ dmID: '1490000001', state: 6 });
  });

  test.each(['1222', '1281'])('refuse with %s', async (code) => {
    const { account } = await accountAt(example(`MessageDownload.resp-${code}`));
    await expect(collect(account.downloadMessage('1490000002'))).rejects.toMatchObject({ code });
  });
});
