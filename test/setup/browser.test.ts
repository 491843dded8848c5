/** The help page in a real browser, under its own content policy. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { chromiumIsInstalled, openPage } from './browser.ts';
import { domain, startService } from './service.ts';

const zbarIsInstalled = spawnSync('zbarimg', ['--version']).status === 0;

const TYPED = `
  const field = document.querySelector('#login');
  field.value = TEXT;
  field.dispatchEvent(new Event('input'));
  [document.querySelector('#user-name').textContent, document.querySelector('a.profile').getAttribute('href'), document.querySelector('#wrong').hidden]`;

describe.skipIf(!chromiumIsInstalled)('the help page in Chromium (skipped where none is installed)', () => {
  test.each([1280, 390])('at %i pixels it is complete, fits, and asks nobody else for anything', async (width) => {
    const { port } = await startService();
    const page = await openPage(`http://127.0.0.1:${port}/napoveda`, width);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await page.evaluate("[...document.querySelectorAll('button')].every((one) => !one.hidden)")).toBe(true);
    expect(await page.evaluate("document.querySelector('img.qr').decode().then(() => true)")).toBe(true);
    expect(page.requests.every((url) => url.startsWith(`http://127.0.0.1:${port}/`))).toBe(true);
    // Every browser asks for an icon; there is none.
    expect(page.complaints.filter((text) => !text.endsWith('/favicon.ico'))).toEqual([]);
  });

  test('what is typed appears in the values, and a wrong name is told', async () => {
    const { port } = await startService();
    const page = await openPage(`http://127.0.0.1:${port}/napoveda`, 1280);
    const type = (text: string) => page.evaluate(`{ ${TYPED.replace('TEXT', JSON.stringify(text))} }`);
    const good = [`novak12@${domain}`, `/postolka.mobileconfig?address=novak12%40${domain}`, true];
    expect(await type(' novak12 ')).toEqual(good);
    expect(await type(`novak12@${domain.toUpperCase()}`)).toEqual(good);
    const example = `přihlašovací-jméno@${domain}`;
    expect(await type('')).toEqual([example, '/postolka.mobileconfig', true]);
    expect(await type('novak12@jinde.cz')).toEqual([example, '/postolka.mobileconfig', false]);
    expect(await type('<img src=x onerror=alert(1)>')).toEqual([example, '/postolka.mobileconfig', false]);
  });

  test('the name from the QR code is filled in, and no server was told it but for the picture', async () => {
    const { port } = await startService();
    const page = await openPage(`http://127.0.0.1:${port}/napoveda#novak12`, 390);
    expect(await page.evaluate("document.querySelector('#user-name').textContent")).toBe(`novak12@${domain}`);
    const told = page.requests.filter((url) => url.includes('novak12') && !url.includes('#'));
    expect(told.every((url) => url.includes('/qr.svg?'))).toBe(true);
  });

  test('each value can be copied', async () => {
    const { port } = await startService();
    const page = await openPage(`http://127.0.0.1:${port}/napoveda#novak12`, 390);
    const copied = await page.evaluate(`(async () => {
      const values = [];
      for (const button of document.querySelectorAll('button')) {
        button.click();
        await new Promise((resolve) => new MutationObserver(resolve).observe(button, { childList: true }));
        values.push([await navigator.clipboard.readText(), button.textContent]);
      }
      return values;
    })()`);
    const values = [`novak12@${domain}`, `pop3.${domain}`, '995', `smtp.${domain}`, '465'];
    expect(copied).toEqual(values.map((value) => [value, 'Zkopírováno']));
  });

  test.skipIf(!zbarIsInstalled)(
    'a camera reads the QR code from the screen (skipped where zbarimg is not installed)',
    async () => {
      const { port } = await startService();
      const page = await openPage(`http://127.0.0.1:${port}/help#novak12`, 1280);
      await page.evaluate("document.querySelector('img.qr').decode().then(() => true)");
      const file = join(temporaryFolder(), 'page.png');
      writeFileSync(file, await page.picture());
      const { stdout } = spawnSync('zbarimg', ['--quiet', '--raw', file], { encoding: 'utf8' });
      expect(stdout).toBe(`https://${domain}/help#novak12\n`);
    },
  );
});
