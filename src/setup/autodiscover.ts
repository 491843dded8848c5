/** What Outlook's Autodiscover is answered: settings for POP3 and SMTP, a refusal, or where to ask. */
import type { Announcement, MailServer } from './announcement.ts';
import { autodiscoverHost } from './host-names.ts';
import { escaped } from './markup.ts';

const RESPONSE = 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006';
export const OUTLOOK_RESPONSE = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';

/** Microsoft's number for "I do not serve what you ask for". */
const PROVIDER_UNAVAILABLE = 601;

/** Without a known address the program puts in its own. SPA and SSL are on unless said otherwise, hence both are said. */
export function outlookSettings({ pop3, smtp }: Announcement, address: string | undefined): string {
  const user =
    address === undefined ? '' : `    <User>\n      <DisplayName>${escaped(address)}</DisplayName>\n    </User>\n`;
  return response(
    ` xmlns="${OUTLOOK_RESPONSE}"`,
    `${user}    <Account>
      <AccountType>email</AccountType>
      <Action>settings</Action>
${protocol('POP3', pop3, address, '')}
${protocol('SMTP', smtp, address, '\n        <UsePOPAuth>on</UsePOPAuth>\n        <SMTPLast>off</SMTPLast>')}
    </Account>`,
  );
}

function protocol(type: string, { host, tlsPort }: MailServer, address: string | undefined, more: string): string {
  const login = address === undefined ? '' : `\n        <LoginName>${escaped(address)}</LoginName>`;
  return `      <Protocol>
        <Type>${type}</Type>
        <Server>${escaped(host)}</Server>
        <Port>${tlsPort}</Port>${login}
        <DomainRequired>off</DomainRequired>
        <SPA>off</SPA>
        <SSL>on</SSL>
        <Encryption>SSL</Encryption>
        <AuthRequired>on</AuthRequired>${more}
      </Protocol>`;
}

/** For those who look for Exchange, phones with ActiveSync among them. */
export function providerUnavailable(now: number): string {
  const time = new Date(now).toISOString().slice('2026-01-01T'.length, -'Z'.length);
  return response(
    '',
    `    <Error Time="${time}" Id="1">
      <ErrorCode>${PROVIDER_UNAVAILABLE}</ErrorCode>
      <Message>Provider is not available</Message>
      <DebugData/>
    </Error>`,
  );
}

function response(attributes: string, content: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<Autodiscover xmlns="${RESPONSE}">
  <Response${attributes}>
${content}
  </Response>
</Autodiscover>
`;
}

/** Where Outlook looks. */
export function autodiscoverUrl(announcement: Announcement): string {
  return `https://${autodiscoverHost(announcement)}/autodiscover/autodiscover.xml`;
}

/** Version 2 only says where version 1 is; it cannot describe POP3. */
export function autodiscoverV2(announcement: Announcement, protocolAsked: string | null): string | undefined {
  if (protocolAsked?.toLowerCase() !== 'autodiscoverv1') return undefined;
  return JSON.stringify({ Protocol: 'AutodiscoverV1', Url: autodiscoverUrl(announcement) });
}

export const INVALID_PROTOCOL = JSON.stringify({
  ErrorCode: 'InvalidProtocol',
  ErrorMessage: "The given protocol value is invalid. Supported values are 'AutodiscoverV1'",
});

interface AutodiscoverRequest {
  readonly address: string | undefined;
  /** Namespace of the answer that the program wants. */
  readonly schema: string | undefined;
}

/** A DTD has no business here and is where entity bombs and file reading begin; such a request is malformed. */
export function readAutodiscoverRequest(body: Buffer): AutodiscoverRequest | 'malformed' {
  // Octets that are no UTF-8 become replacement characters, which neither value may hold.
  const text = body.toString('utf8');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return 'malformed';
  return { address: contentOf(text, 'EMailAddress'), schema: contentOf(text, 'AcceptableResponseSchema') };
}

/** The text between the first tags of this name, whatever its prefix; texts with references or markup count as none. */
function contentOf(text: string, name: string): string | undefined {
  const start = new RegExp(`<(?:[A-Za-z][\\w.-]{0,30}:)?${name}>`).exec(text);
  if (start === null) return undefined;
  const begin = start.index + start[0].length;
  const content = text.slice(begin, text.indexOf('<', begin)).trim();
  return content.includes('&') ? undefined : content;
}
