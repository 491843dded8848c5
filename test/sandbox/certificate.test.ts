/** System certificates and notifications, over mutual TLS. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { selfSigned } from '../../src/certificates/index.ts';
import { demoBoxes, type Sandbox, startSandbox, State, type SystemCertificate } from '../../src/sandbox/index.ts';
import {
  bodyOf,
  call,
  list,
  listQuery,
  operationXml,
  sandboxAt,
  soap,
  TurnedClock,
  valueOf,
  valuesOf,
} from './client.ts';
import { SCHEMA_VERSIONS, schemaErrors, schemasAreThere } from '../official-schema.ts';
import { systemClock } from '../../src/core/index.ts';

const DAY = 86_400_000;
const START = Date.parse('2026-11-20T09:00:00.000Z');
const NO_FILES = {
  files: [{ name: 'a.txt', mimeType: 'text/plain', metaType: 'main', content: Buffer.from('a') }],
} as const;

async function secureSandbox() {
  const clock = new TurnedClock(START);
  const sandbox = await startSandbox({ clock, tls: await selfSigned(systemClock) });
  onTestFinished(() => sandbox.close());
  return { sandbox, clock, certificate: sandbox.issueCertificate(demoBoxes.company) };
}

/** Posts to the certificates' address; the sandbox's own certificate is not the question here. */
async function ask(
  sandbox: Sandbox,
  certificate: SystemCertificate | undefined,
  service: string,
  operation: string,
  inside: string,
) {
  const asking = request(`${sandbox.url}/cert/DS/${service}`, {
    method: 'POST',
    agent: false,
    rejectUnauthorized: false,
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
    ...(certificate === undefined ? {} : { cert: certificate.certificate, key: certificate.key }),
  });
  const body = soap(operationXml(operation, inside));
  asking.setHeader('content-length', Buffer.byteLength(body));
  asking.end(body);
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  const answer = await text(response);
  return { http: response.statusCode, text: answer, code: valueOf(answer, '(?:dm|db)StatusCode') };
}

const register = (sandbox: Sandbox, certificate: SystemCertificate, action = 1) =>
  ask(sandbox, certificate, 'dx', 'RegisterForNotifications', `<action>${action}</action>`);

const notifications = (sandbox: Sandbox, certificate: SystemCertificate, from: number, scope = 'SINGLE_BOX') =>
  ask(
    sandbox,
    certificate,
    'dx',
    'GetListForNotifications',
    `<ntfFromTime>${new Date(from).toISOString()}</ntfFromTime><ntfScope>${scope}</ntfScope>`,
  );

function letterTo(sandbox: Sandbox, annotation: string, personalDelivery = false): string {
  return sandbox.world.deliver({
    from: demoBoxes.office,
    to: demoBoxes.company,
    annotation,
    personalDelivery,
    ...NO_FILES,
  }).dmID;
}

test('a certificate opens the box it is registered to, without a password', async () => {
  const { sandbox, certificate } = await secureSandbox();
  const reply = await ask(sandbox, certificate, 'DsManage', 'GetOwnerInfoFromLogin2', '<dbDummy/>');
  expect([reply.http, reply.code, valueOf(reply.text, 'dbID')]).toEqual([200, '0000', demoBoxes.company]);
  expect(sandbox.calls.all()[0]).toMatchObject({ login: `SS-${demoBoxes.company}`, box: demoBoxes.company });
});

test('a certificate that nobody registered, and none at all, open nothing', async () => {
  const { sandbox } = await secureSandbox();
  const other = await startSandbox({ clock: systemClock });
  onTestFinished(() => other.close());
  for (const stranger of [other.issueCertificate(demoBoxes.company), undefined]) {
    const reply = await ask(sandbox, stranger, 'DsManage', 'GetOwnerInfoFromLogin2', '<dbDummy/>');
    expect(reply.http).toBe(403);
  }
});

test('without TLS there are no certificates', async () => {
  await using sandbox = await sandboxAt();
  const response = await fetch(`${sandbox.url}/cert/DS/dx`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', soapaction: '""' },
    body: soap(operationXml('RegisterForNotifications', '<action>1</action>')),
  });
  expect(response.status).toBe(403);
});

test.each(['GetUserInfoFromLogin2', 'GetPasswordInfo'])('%s is not for certificates', async (operation) => {
  const { sandbox, certificate } = await secureSandbox();
  expect((await ask(sandbox, certificate, 'DsManage', operation, '<dbDummy/>')).code).toBe('2102');
});

test('the list of received messages delivers for a certificate too, for personal delivery as well', async () => {
  const { sandbox, certificate } = await secureSandbox();
  const dmID = letterTo(sandbox, 'Do vlastních rukou', true);
  await ask(sandbox, certificate, 'dx', 'GetListOfReceivedMessages', listQuery());
  expect(sandbox.world.message(dmID).state).toBe(State.deliveredByLogin);
});

test('notifications tell what arrived since the registration, oldest first, and deliver nothing', async () => {
  const { sandbox, clock, certificate } = await secureSandbox();
  letterTo(sandbox, 'Před registrací');
  clock.turn(1_000);
  expect((await register(sandbox, certificate)).code).toBe('0000');
  const first = letterTo(sandbox, 'Výzva', true);
  clock.turn(1_000);
  const second = letterTo(sandbox, 'Rozhodnutí');
  const reply = await notifications(sandbox, certificate, START);
  expect(valuesOf(reply.text, 'dmID')).toEqual([first, second]);
  expect(valuesOf(reply.text, 'dmPersonalDelivery')).toEqual(['1', '0']);
  expect(valuesOf(reply.text, 'dmAnnotation')).toEqual(['Výzva', 'Rozhodnutí']);
  expect(valueOf(reply.text, 'ntfListContinues')).toBe('false');
  expect([first, second].map((dmID) => sandbox.world.message(dmID).state)).toEqual([State.arrived, State.arrived]);
});

test('a long list continues', async () => {
  const { sandbox, certificate } = await secureSandbox();
  await register(sandbox, certificate);
  sandbox.world.notificationsPerPage = 1;
  const first = letterTo(sandbox, 'První');
  letterTo(sandbox, 'Druhá');
  const reply = await notifications(sandbox, certificate, START);
  expect(valuesOf(reply.text, 'dmID')).toEqual([first]);
  expect(valueOf(reply.text, 'ntfListContinues')).toBe('true');
});

test('registering twice, leaving twice, asking unregistered, for all boxes or too far back each have a code', async () => {
  const { sandbox, certificate } = await secureSandbox();
  expect((await notifications(sandbox, certificate, START)).code).toBe('1273');
  expect((await register(sandbox, certificate, 0)).code).toBe('1270');
  await register(sandbox, certificate);
  expect((await register(sandbox, certificate)).code).toBe('1269');
  expect((await notifications(sandbox, certificate, START - 3 * DAY)).code).toBe('0000');
  expect((await notifications(sandbox, certificate, START - 3 * DAY - 1)).code).toBe('1272');
  expect((await notifications(sandbox, certificate, START, 'ALL')).code).toBe('1271');
  expect((await register(sandbox, certificate, 0)).code).toBe('0000');
});

test('a password login may neither register nor ask', async () => {
  await using sandbox = await sandboxAt();
  const from = `<ntfFromTime>2026-11-20T00:00:00Z</ntfFromTime><ntfScope>SINGLE_BOX</ntfScope>`;
  expect((await call(sandbox, 'RegisterForNotifications', '<action>1</action>')).code).toBe('1004');
  expect((await call(sandbox, 'GetListForNotifications', from)).code).toBe('1004');
  expect((await list(sandbox)).code).toBe('0000');
});

test.skipIf(!schemasAreThere)(
  'the answers are valid (skipped when the official schemas are not beside the repository)',
  async () => {
    const { sandbox, certificate } = await secureSandbox();
    const answers = [await register(sandbox, certificate), await notifications(sandbox, certificate, START)];
    letterTo(sandbox, 'Žádost <o> vyjádření & spol.');
    answers.push(await notifications(sandbox, certificate, START));
    const documents = answers.map((answer) => bodyOf(answer.text));
    for (const version of SCHEMA_VERSIONS) {
      expect(await schemaErrors(version, 'dmBaseTypes.xsd', documents)).toEqual([]);
    }
  },
);

test('a certificate never gets what is for the holder alone', async () => {
  const { sandbox, certificate } = await secureSandbox();
  const { dmID } = sandbox.world.deliver({ from: 'aaaaaaa', to: demoBoxes.company, ...NO_FILES, vvr: true });
  await ask(sandbox, certificate, 'dx', 'GetListOfReceivedMessages', listQuery());
  expect(sandbox.world.message(dmID).state).toBe(4);
  expect((await ask(sandbox, certificate, 'dz', 'MessageDownload', `<dmID>${dmID}</dmID>`)).code).toBe('1178');
});

test('large messages have an address for certificates too', async () => {
  const { sandbox, certificate } = await secureSandbox();
  const { dmID } = sandbox.world.deliver({ from: demoBoxes.office, to: demoBoxes.company, ...NO_FILES, vodz: true });
  await ask(sandbox, certificate, 'dx', 'GetListOfReceivedMessages', listQuery());
  const attachment = `<dmID>${dmID}</dmID><attNum>0</attNum>`;
  const reply = await ask(sandbox, certificate, 'vodz', 'DownloadAttachment', attachment);
  expect([reply.code, valueOf(reply.text, 'dmEncodedContent')]).toEqual(['0000', 'YQ==']);
  expect((await ask(sandbox, undefined, 'vodz', 'DownloadAttachment', attachment)).http).toBe(403);
});
