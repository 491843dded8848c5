/** The signed original as the sandbox makes it, which knows the same facts and shares no code. */
import { expect, onTestFinished, test } from 'vitest';
import { Secret, systemClock } from '../../src/core/index.ts';
import { createIsds, type DownloadEvent, type IsdsAccount, type OriginalDownloadEvent } from '../../src/isds/index.ts';
import { SignedDataReader } from '../../src/isds/signed/signed-data-reader.ts';
import { demoBoxes, demoLogins, startSandbox } from '../../src/sandbox/index.ts';
import { pem } from './sealed-message.ts';

async function sandboxWithMessage() {
  const sandbox = await startSandbox({ clock: systemClock });
  onTestFinished(() => sandbox.close());
  const files = [
    { name: 'výzva.txt', mimeType: 'text/plain', metaType: 'main' as const, content: Buffer.alloc(300_000, 'ď') },
    { name: 'prázdno.txt', mimeType: '', metaType: 'enclosure' as const, content: Buffer.from('.') },
  ];
  const { dmID } = sandbox.world.deliver({ from: demoBoxes.office, to: demoBoxes.company, annotation: 'Výzva', files });
  const accountWith = (sealAnchors?: string): IsdsAccount => {
    const login = demoLogins.find(({ boxId }) => boxId === demoBoxes.company);
    const config = {
      domain: 'sandbox',
      baseUrls: { ws1: sandbox.url },
      ca: undefined,
      userAgent: 'Postolka/0.1',
      sealAnchors,
    };
    const isds = createIsds(config, { clock: systemClock });
    onTestFinished(() => isds.close());
    const password = new Secret(login?.password ?? '');
    return isds.account({ kind: 'password', login: login?.name ?? '', password });
  };
  await accountWith().listReceived({ statusFilter: -1, limit: 100 });
  return { sandbox, dmID, accountWith };
}

async function collect(events: AsyncIterable<DownloadEvent | OriginalDownloadEvent>) {
  const files: { name: string; content: Buffer[] }[] = [];
  const octets: Buffer[] = [];
  let end: DownloadEvent | OriginalDownloadEvent | undefined;
  for await (const event of events) {
    if (event.kind === 'file') files.push({ name: event.file.name, content: [] });
    else if (event.kind === 'content') files.at(-1)?.content.push(event.octets);
    else if (event.kind === 'original') octets.push(event.octets);
    else end = event;
  }
  return {
    files: files.map(({ name, content }) => ({ name, content: Buffer.concat(content).toString() })),
    original: Buffer.concat(octets),
    end,
  };
}

test('the signed original has the same envelope and files as the plain message, and a seal that can be checked', async () => {
  const { dmID, accountWith } = await sandboxWithMessage();
  const plain = await collect(accountWith().downloadMessage(dmID));
  const first = await collect(accountWith().downloadOriginal(dmID));
  expect(first.files).toEqual(plain.files);
  expect(first.end).toEqual({ ...plain.end, seal: { verdict: 'unchecked', timeStamped: false } });

  const reader = new SignedDataReader();
  reader.push(first.original);
  const [certificate = Buffer.alloc(0)] = reader.end().certificates;
  const { end } = await collect(accountWith(pem({ certificate })).downloadOriginal(dmID));
  expect(end).toMatchObject({ seal: { verdict: 'valid', signer: 'Zkušební pečeť pískoviště' } });
});

test('status 0005 gives the message all the same', async () => {
  const { sandbox, dmID, accountWith } = await sandboxWithMessage();
  sandbox.faults.add({ kind: 'noTimeStamp', operation: 'SignedMessageDownload' });
  const { end, files } = await collect(accountWith().downloadOriginal(dmID));
  expect(files.map(({ name }) => name)).toEqual(['výzva.txt', 'prázdno.txt']);
  expect(end).toMatchObject({ seal: { timeStamped: false } });
});
