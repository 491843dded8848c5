/** An account added by hand: the same calls as Thunderbird's dialog makes with what a person typed. */
import { mailScript } from './mail-script.ts';
import type { Marionette } from './marionette.ts';

export interface AccountSettings {
  readonly realName: string;
  /** User name and e-mail address. */
  readonly address: string;
  readonly password: string;
  /** "SSL/TLS" or "STARTTLS" in the list of the dialog. */
  readonly security: 'SSL' | 'alwaysSTARTTLS';
  readonly pop3Port: number;
  readonly smtpPort: number;
}

/** "Confirm Security Exception" for a certificate in PEM on ports of this computer. */
export async function trustCertificate(
  chrome: Marionette,
  certificate: string,
  ports: readonly number[],
): Promise<void> {
  await chrome.run(
    `const certificates = Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB);
     const exceptions = Cc['@mozilla.org/security/certoverride;1'].getService(Ci.nsICertOverrideService);
     const certificate = certificates.constructX509FromBase64(given.base64);
     for (const port of given.ports) exceptions.rememberValidityOverride('127.0.0.1', port, {}, certificate, false);`,
    { base64: certificate.replace(/-----[^-]+-----|\s/g, ''), ports: [...ports] },
  );
}

/** Tries the log-in, then adds the account and stores the password; answers what the dialog says when the log-in fails. */
export async function addAccount(chrome: Marionette, settings: AccountSettings): Promise<string | undefined> {
  const complaint = await chrome.run(
    `const modules = 'resource:///modules/accountcreation/';
     const { AccountConfig } = ChromeUtils.importESModule(modules + 'AccountConfig.sys.mjs');
     const { ConfigVerifier } = ChromeUtils.importESModule(modules + 'ConfigVerifier.sys.mjs');
     const { CreateInBackend } = ChromeUtils.importESModule(modules + 'CreateInBackend.sys.mjs');
     const { msgWindow } = Services.wm.getMostRecentWindow('mail:3pane');
     const server = {
       hostname: '127.0.0.1',
       username: given.address,
       password: given.password,
       socketType: Ci.nsMsgSocketType[given.security],
       auth: Ci.nsMsgAuthMethod.passwordCleartext,
     };
     const config = new AccountConfig();
     config.source = AccountConfig.kSourceUser;
     config.displayName = given.address;
     config.identity = { realname: given.realName, emailAddress: given.address };
     config.rememberPassword = true;
     Object.assign(config.incoming, server, { type: 'pop3', port: given.pop3Port });
     Object.assign(config.outgoing, server, { type: 'smtp', port: given.smtpPort });
     try {
       // A configuration typed by hand is tried in variations, unlike one from the provider.
       await new ConfigVerifier(msgWindow, new AbortController().signal).verifyConfig(config, true);
     } catch (error) {
       return error.message;
     }
     await CreateInBackend.createAccountInBackend(config);`,
    { ...settings },
  );
  return (complaint as string | null) ?? undefined;
}

/** The stored passwords as the password window lists them: origin, user name, password. */
export async function storedPasswords(chrome: Marionette): Promise<readonly (readonly string[])[]> {
  const logins = await chrome.run(
    `const logins = await Services.logins.getAllLogins();
     return logins.map(({ origin, username, password }) => [origin, username, password]);`,
  );
  return logins as string[][];
}

/** Another password for both servers, as after "Enter New Password", and no connection left from before. */
export async function changePassword(chrome: Marionette, password: string): Promise<void> {
  await chrome.run(
    `${mailScript}
     const { defaultServer } = MailServices.outgoingServer;
     defaultServer.closeCachedConnections();
     for (const server of [account.incomingServer, defaultServer]) server.password = given.password;`,
    { password },
  );
}
