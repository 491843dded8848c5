/** A real Thunderbird finds the account from nothing but the e-mail address and the password. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoBoxes, demoLogins } from '../../src/sandbox/index.ts';
import { startWhole, type Whole } from '../whole/whole.ts';
import { storedPasswords } from './thunderbird/account.ts';
import { getMessages, messagesIn } from './thunderbird/folders.ts';
import { mailScript } from './thunderbird/mail-script.ts';
import type { Json } from './thunderbird/marionette.ts';
import { makeProfile, type Profile, type Thunderbird } from './thunderbird/profile.ts';
import { recordPrompts } from './thunderbird/prompts.ts';
import { LONG_MS, skipped } from './thunderbird/stage.ts';

const DOMAIN = 'datovka.example.cz';

const settings = {
  POSTOLKA_DOMAIN: DOMAIN,
  POSTOLKA_SETUP_HOST: '127.0.0.1',
  POSTOLKA_SETUP_HTTP_PORT: '0',
  POSTOLKA_SETUP_HTTPS_PORT: '0',
  // As on a real gateway; the program under test is told to go to the free ports instead.
  POSTOLKA_SETUP_POP3_PORT: '995',
  POSTOLKA_SETUP_SMTP_PORT: '465',
};

describe.skipIf(skipped)('a real Thunderbird discovers (skipped where none is installed)', { timeout: LONG_MS }, () => {
  const { name, password, givenNames, lastName } = demoLogins.find(({ boxId }) => boxId === demoBoxes.company)!;
  const given = { address: `${name}@${DOMAIN}`, password, realName: `${givenNames} ${lastName}`, domain: DOMAIN };
  let whole: Whole;
  let profile: Profile;
  let thunderbird: Thunderbird;

  const chrome = () => thunderbird.chrome;
  const asked = () => whole.log.filter(({ msg }) => msg === 'set-up asked');

  beforeAll(async () => {
    whole = await startWhole({ settings });
    profile = await makeProfile();
    thunderbird = await profile.start();
    await recordPrompts(chrome());
    await leadEverythingHere(thunderbird, whole);
  }, LONG_MS);

  afterAll(async () => {
    await thunderbird?.quit();
    await profile?.remove();
    await whole?.stop();
  }, LONG_MS);

  test('from the bare address it learns servers, ports, encryption and user name', async () => {
    expect(await chrome().run(`${discovery} return summary(await discover());`, given)).toEqual({
      incoming: ['pop3', `pop3.${DOMAIN}`, 995, given.address, 'TLS', 'password'],
      outgoing: ['smtp', `smtp.${DOMAIN}`, 465, given.address, 'TLS', 'password'],
      leaveOnServer: true,
      daysOnServer: 0,
    });
  });

  test('it asked for autoconfiguration and for Outlook, never with a log-in, and ISDS heard nothing', () => {
    const requests = asked().map(({ method, route, status }) => `${String(method)} ${String(route)} ${String(status)}`);
    expect(requests).toContain('GET autoconfig 200');
    expect(requests).toContain('POST autodiscover 200');
    expect(asked().every(({ status }) => status !== 401)).toBe(true);
    expect(whole.sandbox.calls.count('GetOwnerInfoFromLogin2')).toBe(0);
  });

  test('the log-in succeeds at once, the account is made, and the mail comes', async () => {
    await chrome().run(
      `${discovery}
         const { ConfigVerifier } = ChromeUtils.importESModule(modules + 'ConfigVerifier.sys.mjs');
         const { CreateInBackend } = ChromeUtils.importESModule(modules + 'CreateInBackend.sys.mjs');
         const { msgWindow } = Services.wm.getMostRecentWindow('mail:3pane');
         const config = await discover();
         config.rememberPassword = true;
         await new ConfigVerifier(msgWindow, new AbortController().signal).verifyConfig(config, false);
         await CreateInBackend.createAccountInBackend(config);`,
      given,
    );
    expect(whole.sandbox.calls.count('GetOwnerInfoFromLogin2')).toBe(1);
    expect(await storedPasswords(chrome())).toContainEqual([`mailbox://pop3.${DOMAIN}`, given.address, password]);
    expect(await getMessages(chrome())).toBe(true);
    const expected = whole.sandbox.world.messagesOf(demoBoxes.company, 'recipient').length;
    expect(await messagesIn(chrome(), 'Inbox')).toHaveLength(expected);
  });

  test('the account leaves messages on the server without an end of days', async () => {
    const settingsOfAccount = await chrome().run(
      `${mailScript}
         const server = account.incomingServer.QueryInterface(Ci.nsIPop3IncomingServer);
         return [server.leaveMessagesOnServer, server.numDaysToLeaveOnServer];`,
    );
    expect(settingsOfAccount).toEqual([true, 0]);
  });

  test('the search for address books and calendars that follows gets no chance to send the password', async () => {
    const before = asked().length;
    await chrome().run(
      `const { RemoteAddressBookUtils } = ChromeUtils.importESModule(
           'resource:///modules/accountcreation/RemoteAddressBookUtils.sys.mjs');
         const { DNS } = ChromeUtils.importESModule('resource:///modules/DNS.sys.mjs');
         // No name server is asked: there are no such records.
         for (const kind of ['srv', 'txt', 'mx']) DNS[kind] = async () => [];
         await RemoteAddressBookUtils.getAddressBooksForAccount(given.address, given.password, 'https://' + given.domain)
           .catch(() => {});`,
      given,
    );
    const requests = asked().slice(before);
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.every(({ status }) => [302, 404, 405, 200].includes(Number(status)))).toBe(true);
  });
});

/** `discover` asks as the account hub does when it has an address; `summary` is what a person would compare. */
const discovery = `
  const modules = 'resource:///modules/accountcreation/';
  const { AccountConfig } = ChromeUtils.importESModule(modules + 'AccountConfig.sys.mjs');
  const { FindConfig } = ChromeUtils.importESModule(modules + 'FindConfig.sys.mjs');
  const discover = async () => {
    const found = FindConfig.parallelAutoDiscovery(given.domain, given.address, new AbortController().signal);
    const { value } = await found.next();
    AccountConfig.replaceVariables(value, given.realName, given.address, given.password);
    return value;
  };
  const summary = ({ incoming, outgoing }) => {
    const words = ({ type, hostname, port, username, socketType, auth }) => [
      type, hostname, port, username,
      socketType === Ci.nsMsgSocketType.SSL ? 'TLS' : socketType,
      auth === Ci.nsMsgAuthMethod.passwordCleartext ? 'password' : auth,
    ];
    return {
      incoming: words(incoming),
      outgoing: words(outgoing),
      leaveOnServer: incoming.leaveMessagesOnServer,
      daysOnServer: incoming.daysToLeaveMessagesOnServer,
    };
  };
`;

/** Every name leads to this computer, the usual ports to those of the gateway, and its certificate is accepted. */
async function leadEverythingHere({ chrome }: Thunderbird, { gateway }: Whole): Promise<void> {
  const { http, https, pop3Tls, smtpTls } = gateway.ports;
  const names = ['', 'autoconfig.', 'autodiscover.', 'pop3.', 'smtp.'].map((prefix) => `${prefix}${DOMAIN}`);
  const given: Json = {
    base64: gateway.certificate.replace(/-----[^-]+-----|\s/g, ''),
    names,
    // An exception is looked up by the port that is really connected to.
    tlsPorts: [https!, pop3Tls, smtpTls],
    ports: `80=${http};443=${https};995=${pop3Tls};465=${smtpTls}`,
  };
  await chrome.run(
    `Services.prefs.setBoolPref('network.dns.disableIPv6', true);
     Services.prefs.setStringPref('network.dns.forceResolve', '127.0.0.1');
     Services.prefs.setStringPref('network.socket.forcePort', given.ports);
     const certificates = Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB);
     const exceptions = Cc['@mozilla.org/security/certoverride;1'].getService(Ci.nsICertOverrideService);
     const certificate = certificates.constructX509FromBase64(given.base64);
     for (const name of given.names) {
       for (const port of given.tlsPorts) exceptions.rememberValidityOverride(name, port, {}, certificate, false);
     }`,
    given,
  );
}
