import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createIsds } from '../../src/isds/index.ts';
import { selfSigned } from '../../src/certificates/index.ts';
import { answerBody, CREDENTIALS, envelopeAround, status } from './fake-isds.ts';

/** An ISDS with a certificate that no system knows, and a client that trusts `ca` besides the usual ones. */
async function accountBehindTls(trusted: 'its certificate' | 'nothing more') {
  const material = await selfSigned();
  const server = createServer({ cert: material.cert, key: material.key }, (request, response) => {
    request.resume();
    response.end(envelopeAround(answerBody('CheckDataBox', '<q:dbState>1</q:dbState>', status('db', '0000'))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ca = trusted === 'its certificate' ? material.cert : undefined;
  const baseUrls = { ws1: `https://127.0.0.1:${port}` };
  const isds = createIsds({ domain: 'datovka.example', baseUrls, ca, userAgent: 'Postolka/0.1' });
  onTestFinished(async () => {
    await isds.close();
    server.close();
  });
  return isds.account(CREDENTIALS);
}

test('a certificate that nobody vouches for is not trusted, and nothing is sent', async () => {
  const account = await accountBehindTls('nothing more');
  await expect(account.checkBox('urad453')).rejects.toMatchObject({ kind: 'unreachable', outcome: 'not-executed' });
});

test('an additional authority is trusted', async () => {
  const account = await accountBehindTls('its certificate');
  await expect(account.checkBox('urad453')).resolves.toBe(1);
});
