/** A headless Chromium with one page, driven over its debugging protocol. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
];

export const chromiumIsInstalled = spawnSync('chromium', ['--version']).status === 0;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: {
    readonly request?: { readonly url: string };
    readonly entry?: { readonly text: string; readonly url?: string };
  };
  readonly result?: { readonly result?: { readonly value?: unknown }; readonly data?: string };
}

export interface Page {
  /** Addresses that it asked for. */
  readonly requests: string[];
  /** What stands in the console, with the address that it is about. */
  readonly complaints: string[];
  /** The value of an expression in the page; of a promise, what it is fulfilled with. */
  evaluate(expression: string): Promise<unknown>;
  /** The whole page as it is seen, in PNG. */
  picture(): Promise<Buffer>;
}

export async function openPage(url: string, width: number): Promise<Page> {
  const profile = temporaryFolder();
  const browser = spawn('chromium', [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(async () => {
    browser.kill();
    await once(browser, 'exit');
  });
  const socket = new WebSocket(await pageOf(await debuggingPort(browser.stderr)));
  await new Promise((resolve) => socket.addEventListener('open', resolve));

  const requests: string[] = [];
  const complaints: string[] = [];
  const waiting = new Map<number, (message: Message) => void>();
  const loaded = Promise.withResolvers<void>();
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    const { request, entry } = message.params ?? {};
    if (message.method === 'Network.requestWillBeSent' && request !== undefined) requests.push(request.url);
    if (message.method === 'Log.entryAdded' && entry !== undefined) complaints.push(`${entry.text} ${entry.url}`);
    if (message.method === 'Page.loadEventFired') loaded.resolve();
  });
  const command = (method: string, params: object = {}): Promise<Message> =>
    new Promise((resolve) => {
      waiting.set(waiting.size, resolve);
      socket.send(JSON.stringify({ id: waiting.size - 1, method, params }));
    });
  await command('Emulation.setFocusEmulationEnabled', { enabled: true });
  await command('Browser.grantPermissions', { permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite'] });
  for (const domain of ['Page', 'Network', 'Log']) await command(`${domain}.enable`);
  const device = { width, height: 844, deviceScaleFactor: 1, mobile: width < 600 };
  await command('Emulation.setDeviceMetricsOverride', device);
  await command('Page.navigate', { url });
  await loaded.promise;
  return {
    requests,
    complaints,
    picture: async () => {
      const { result } = await command('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true });
      return Buffer.from(result?.data ?? '', 'base64');
    },
    evaluate: async (expression) =>
      (await command('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true }))
        .result?.result?.value,
  };
}

async function debuggingPort(output: NodeJS.ReadableStream): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  createInterface({ input: output }).on('line', (line) => {
    const port = /^DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(line)?.[1];
    if (port !== undefined) resolve(port);
  });
  return promise;
}

async function pageOf(port: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
  const targets = (await answer.json()) as { readonly type: string; readonly webSocketDebuggerUrl: string }[];
  return targets.find(({ type }) => type === 'page')!.webSocketDebuggerUrl;
}
