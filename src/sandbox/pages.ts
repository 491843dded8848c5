/** Web pages with which ISDS answers when it does not come as far as SOAP (isds §1.6, §2.6). */
import { escapeText } from './xml-text.ts';
import type { Denial } from './login-guard.ts';

/** A page of this status. */
export function errorPage(status: number, text: string): string {
  return page(`Error ${status}`, `<h1>${escapeText(text)}</h1><p>Error ${status}</p>`);
}

/** The three pages of a 401 begin alike; what follows tells them apart. */
export function denialPage(path: string, denial: Denial): string {
  const start = `This server could not verify that you are authorized to access the URL "${escapeText(path)}".`;
  const said = {
    'wrong-credentials':
      ' You either supplied the wrong credentials (e.g., bad password), or your browser cannot supply them.',
    'login-blocked': ` Prihlaseni blokovano do / Login blocked until: ${denial.kind === 'login-blocked' ? denial.until : ''}`,
    'address-blocked': '',
  }[denial.kind];
  return page('Authentication required!', `<h1>Authentication required!</h1><p>${start}${said}</p><p>Error 401</p>`);
}

/** The page that stands in for ISDS while it is away. */
export function maintenancePage(): string {
  return page('Odstávka', '<h1>Datové schránky jsou dočasně mimo provoz</h1><p>Probíhá plánovaná údržba.</p>');
}

/** A page of somebody else's. */
export function strayPage(): string {
  return page('Datové schránky', '<h1>Přihlášení do datové schránky</h1><p>Přihlaste se prosím znovu.</p>');
}

function page(title: string, body: string): string {
  return `<html><head><title>${title}</title></head><body>${body}</body></html>`;
}
