import { expect, test } from 'vitest';
import { demoBoxes, type Sandbox } from '../../src/sandbox/index.ts';
import { call, download, list, sandboxAt, valueOf } from './client.ts';

const FILES = [
  { name: 'přístupové údaje.txt', mimeType: 'text/plain', metaType: 'main', content: Buffer.from('tajné') },
] as const;

/** Credentials that ISDS sends, for the holder alone. */
function deliver(sandbox: Sandbox): string {
  return sandbox.world.deliver({ from: 'aaaaaaa', to: demoBoxes.company, files: FILES, vvr: true }).dmID;
}

test('the list of somebody who is only trusted does not deliver it, and he can never fetch it: 1178', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  for (const userType of ['ENTRUSTED_USER', 'ADMINISTRATOR'] as const) {
    sandbox.world.logins.set('pekar2', { ...sandbox.world.login('pekar2'), userType, permissions: 255 });
    expect((await list(sandbox, 'pekar2')).text).toContain(dmID);
    expect(sandbox.world.message(dmID).state).toBe(4);
    expect((await download(sandbox, dmID, 'pekar2')).code).toBe('1178');
    expect((await call(sandbox, 'SignedMessageDownload', `<dmID>${dmID}</dmID>`, 'pekar2')).code).toBe('1178');
  }
});

test('other messages are delivered beside it', async () => {
  await using sandbox = await sandboxAt();
  const [vvr, other] = [
    deliver(sandbox),
    sandbox.world.deliver({ from: demoBoxes.office, to: demoBoxes.company, files: FILES }),
  ];
  await list(sandbox, 'pekar2');
  expect([sandbox.world.message(vvr).state, other.state]).toEqual([4, 6]);
});

test('the list of the holder delivers it, and then it is a message for personal delivery', async () => {
  await using sandbox = await sandboxAt();
  const dmID = deliver(sandbox);
  expect((await download(sandbox, dmID)).code).toBe('1222');
  await list(sandbox);
  const { code, text } = await download(sandbox, dmID);
  expect([code, valueOf(text, 'dmPersonalDelivery')]).toEqual(['0000', 'true']);
  expect((await download(sandbox, dmID, 'pekar2')).code).toBe('1208');
});
