/** The help page: settings to copy, guides for programs, and what fetching mail means by law. */
import { createHash } from 'node:crypto';
import { type Language } from '../../refusals/index.ts';
import { pickupAddress } from '../../core/index.ts';
import type { Announcement, MailServer } from '../announcement.ts';
import { escaped } from '../markup.ts';
import { helpScript } from './script.ts';
import { helpStyle } from './style.ts';
import { czech } from './texts-cs.ts';
import { english } from './texts-en.ts';
import type { Guide, HelpTexts } from './texts.ts';

const texts: Readonly<Record<Language, HelpTexts>> = { cs: czech, en: english };

export const helpPaths: Readonly<Record<Language, string>> = { cs: '/napoveda', en: '/help' };

/** A box that exists nowhere but in examples; its checksum is right. */
const EXAMPLE_BOX = 'abcdefi';

/** With a right check digit; nobody's. */
const EXAMPLE_ICO = '00000019';

/** Nothing from elsewhere, and of our own only this very style and script. */
export const helpPolicy = [
  "default-src 'none'",
  `style-src '${digestOf(helpStyle)}'`,
  `script-src '${digestOf(helpScript)}'`,
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function digestOf(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}

export function helpPage(announcement: Announcement, language: Language): string {
  const text = texts[language];
  const other: Language = language === 'cs' ? 'en' : 'cs';
  const say = speaker(announcement, text);
  const { domain, pickup } = announcement;
  const rhythm = pickup.policy === 'onPoll' && pickup.intervalMinutes === 0 ? 'always' : pickup.policy;
  const page = helpPaths[language].slice(1);
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${say(text.title)}</title>
<style>${helpStyle}</style>
</head>
<body data-domain="${escaped(domain)}" data-example="${escaped(text.address.example)}" data-page="${page}" data-copied="${escaped(text.values.copied)}">
<main>
<header><span>${escaped(domain)}</span><a class="language" href="${helpPaths[other]}" lang="${other}">${say(text.otherLanguage)}</a></header>
<h1>${say(text.title)}</h1>
<p class="lead">${say(text.lead)}</p>
<div class="panel">
<label for="login">${say(text.address.label)}</label>
<div class="field"><input id="login" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false" aria-describedby="login-note wrong"><span>@${escaped(domain)}</span></div>
<p class="wrong" id="wrong" role="alert" hidden>${say(text.address.wrong)}</p>
<p class="note" id="login-note">${say(text.address.hint)}</p>
</div>
${settings(announcement, text, say)}
<section class="law">
<h2>${say(text.law.heading)}</h2>
${text.law.paragraphs.map((one) => `<p>${say(one)}</p>`).join('\n')}
</section>
<h2>${say(text.pickup.heading)}</h2>
<p>${say(text.pickup.here[rhythm])}</p>
<p>${say(text.pickup.chosen)}</p>
<ul class="choices">${text.pickup.choices.map((one) => choice(one, pickup.policy, say)).join('')}</ul>
${list('ul', text.pickup.advice, say)}
<h2>${say(text.profile.heading)}</h2>
<a class="download profile" href="/postolka.mobileconfig">${say(text.profile.link)}</a>
${list('ol', text.profile.steps, say)}
<section class="phone-free">
<h2>${say(text.qr.heading)}</h2>
<img class="qr" src="/qr.svg?page=${page}" alt="${escaped(text.qr.alternative)}" width="168" height="168">
<p>${say(text.qr.text)}</p>
</section>
<h2>${say(text.guides.heading)}</h2>
${text.guides.list.map((one) => guide(one, say)).join('\n')}
<h2>${say(text.writing.heading)}</h2>
${list('ul', text.writing.points, say)}
</main>
<script>${helpScript}</script>
</body>
</html>
`;
}

/** Escapes a text and puts values in; those that one types stand out. */
type Speaker = (text: string) => string;

function speaker({ domain, pop3, smtp, pickup }: Announcement, { address }: HelpTexts): Speaker {
  const values: Readonly<Record<string, string>> = {
    address: `<code class="address">${escaped(`${address.example}@${domain}`)}</code>`,
    domain: escaped(domain),
    pop3: typed(pop3.host),
    pop3Port: typed(String(pop3.tlsPort)),
    smtp: typed(smtp.host),
    smtpPort: typed(String(smtp.tlsPort)),
    interval: String(pickup.intervalMinutes),
    pickup: typed(pickupAddress(domain)),
    setting: typed('pickup.policy'),
    example: typed(`${EXAMPLE_BOX}@${domain}`),
    ico: typed(`ico-${EXAMPLE_ICO}@${domain}`),
    options: typed(`${EXAMPLE_BOX}+vr+kr=Jan_Novak@${domain}`),
  };
  return (text) => escaped(text).replace(/\{(\w+)\}/g, (marker, name: string) => values[name] ?? marker);
}

function typed(value: string): string {
  return `<code>${escaped(value)}</code>`;
}

function settings({ domain, pop3, smtp }: Announcement, { values, address }: HelpTexts, say: Speaker): string {
  const copy = (id: string): string => `<button type="button" data-copies="${id}" hidden>${say(values.copy)}</button>`;
  const server = (name: string, heading: string, { host, tlsPort, startTlsPort }: MailServer): string =>
    `<div class="panel"><h3>${say(heading)}</h3><dl>
<dt>${say(values.server)}</dt><dd class="value"><code id="${name}-host">${escaped(host)}</code>${copy(`${name}-host`)}</dd>
<dt>${say(values.port)}</dt><dd class="value"><code id="${name}-port">${tlsPort}</code>${copy(`${name}-port`)}</dd>
<dt>${say(values.security)}</dt><dd>SSL/TLS <span class="note">${say(values.or).replace('{port}', String(startTlsPort))}</span></dd>
</dl></div>`;
  return `<h2>${say(values.heading)}</h2>
<div class="columns">
<div class="panel wide"><dl>
<dt>${say(values.userName)}</dt><dd class="value"><code class="address" id="user-name">${escaped(`${address.example}@${domain}`)}</code>${copy('user-name')}</dd>
<dd class="note">${say(values.userNameNote)}</dd>
<dt>${say(values.password)}</dt><dd class="note">${say(values.passwordNote)}</dd>
</dl></div>
${server('pop3', values.receiving, pop3)}
${server('smtp', values.sending, smtp)}
</div>`;
}

/** The choice of this gateway stands out. */
function choice({ policy, meaning }: HelpTexts['pickup']['choices'][number], own: string, say: Speaker): string {
  return `<li${policy === own ? ' aria-current="true"' : ''}>${typed(policy)} – ${say(meaning)}</li>`;
}

function guide({ program, steps, caution }: Guide, say: Speaker): string {
  const warning = caution === undefined ? '' : `\n<p class="caution">${say(caution)}</p>`;
  return `<details><summary>${say(program)}</summary>
${list('ol', steps, say)}${warning}
</details>`;
}

function list(kind: 'ol' | 'ul', items: readonly string[], say: Speaker): string {
  return `<${kind}>${items.map((item) => `<li>${say(item)}</li>`).join('')}</${kind}>`;
}
