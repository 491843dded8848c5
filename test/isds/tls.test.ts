import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createIsds } from '../../src/isds/index.ts';
import { selfSigned } from '../../src/certificates/index.ts';
import { createLog, systemClock } from '../../src/core/index.ts';
import { answerBody, CREDENTIALS, envelopeAround, status } from './fake-isds.ts';
import { message } from './outgoing.ts';

interface Server {
  readonly clock?: { readonly now: () => number };
  /** Its certificate is for 127.0.0.1. */
  readonly address?: string;
  readonly isTrusted: boolean;
}

/** An ISDS with a certificate that no system knows, and a client that trusts it besides the usual ones, or does not. */
async function accountBehindTls({ clock = systemClock, address = '127.0.0.1', isTrusted }: Server) {
  const material = await selfSigned(clock);
  const server = createServer({ cert: material.cert, key: material.key }, (request, response) => {
    request.resume();
    response.end(envelopeAround(answerBody('CheckDataBox', '<q:dbState>1</q:dbState>', status('db', '0000'))));
  });
  let requests = 0;
  server.on('request', () => requests++);
  server.listen(0, address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ca = isTrusted ? material.cert : undefined;
  const baseUrls = { ws1: `https://${address}:${port}` };
  const logged: string[] = [];
  const log = createLog('info', { write: (line) => void logged.push(line) });
  const isds = createIsds(
    { domain: 'datovka.example', baseUrls, ca, userAgent: 'Postolka/0.1' },
    { log, clock: systemClock },
  );
  onTestFinished(async () => {
    await isds.close();
    server.close();
  });
  return { account: isds.account(CREDENTIALS), logged, requests: () => requests };
}

const longAgo = { now: () => Date.now() - 20 * 365 * 24 * 60 * 60_000 };

test.each<[string, Server, string]>([
  ['that nobody vouches for', { isTrusted: false }, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['that has ended', { isTrusted: true, clock: longAgo }, 'CERT_HAS_EXPIRED'],
  ['for another host', { isTrusted: true, address: '127.0.0.2' }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
])('a certificate %s is not trusted: nothing is sent, the log says why', async (_, server, problem) => {
  const { account, logged, requests } = await accountBehindTls(server);
  const failure = { kind: 'untrusted', problem };
  await expect(account.checkBox('urad453')).rejects.toMatchObject({ failure, outcome: 'not-executed' });
  await expect(account.createMessage(message())).rejects.toMatchObject({ failure, outcome: 'not-executed' });
  expect(requests()).toBe(0);
  expect(logged.filter((line) => line.includes(`"problem":"${problem}"`))).toHaveLength(2);
});

test('an additional authority is trusted', async () => {
  const { account } = await accountBehindTls({ isTrusted: true });
  await expect(account.checkBox('urad453')).resolves.toBe(1);
});
