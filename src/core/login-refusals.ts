/** The part of the catalogue about logging in: wrong passwords, and the pauses that keep ISDS from blocking (isds §2.6). */
import type { CatalogueEntry } from './catalogue-entry.ts';

export const loginRefusals = {
  'login-name-invalid': {
    smtp: '535 5.7.8',
    pop3: 'AUTH',
    cs: 'Přihlašovací jméno nemá správný tvar. Zadejte přihlašovací jméno do datové schránky, případně jméno@{domain}.',
    en: 'The user name is malformed. Enter the login of the data box, or login@{domain}.',
  },
  'wrong-password': {
    smtp: '535 5.7.8',
    pop3: 'AUTH',
    cs: 'Nesprávné přihlašovací jméno nebo heslo do datové schránky. Heslo ověřte na portálu; mohlo také vypršet.',
    en: 'Wrong login or password of the data box. Try the password on the portal; it may also have expired.',
  },
  'password-missing': {
    smtp: '535 5.7.8',
    pop3: 'AUTH',
    cs: 'Heslo je prázdné. Zadejte v poštovním programu heslo do datové schránky.',
    en: 'The password is empty. Enter the password of the data box in the mail program.',
  },
  'login-for-another': {
    smtp: '535 5.7.8',
    pop3: 'AUTH',
    cs: 'Přihlásit se lze jen za sebe. Pole pro jinou identitu (authorization identity) nechte v poštovním programu prázdné.',
    en: 'You can log in as yourself only. Leave the field for another identity (authorization identity) empty in the mail program.',
  },
  'box-login-refused': {
    smtp: '535 5.7.8',
    pop3: 'AUTH',
    cs: 'S ID schránky se odtud nelze přihlásit, nebo heslo není správné. Zadejte přihlašovací jméno do datové schránky.',
    en: 'Logging in with the box ID is not possible from here, or the password is wrong. Enter the login of the data box.',
  },
  'login-paused': {
    smtp: '454 4.7.0',
    pop3: 'LOGIN-DELAY',
    cs: 'Po několika chybných heslech je přihlašování k tomuto účtu pozastaveno do {until}, aby ho ISDS nezablokoval. Opravte heslo v poštovním programu.',
    en: 'After several wrong passwords, logging in to this account is paused until {until}, so that ISDS does not block it. Correct the password in the mail program.',
  },
  'logins-paused': {
    smtp: '454 4.7.0',
    pop3: 'SYS/TEMP',
    cs: 'Nová přihlášení jsou na této bráně pozastavena do {until}, aby ji ISDS nezablokoval. Zkuste to později.',
    en: 'New log-ins are paused on this gateway until {until}, so that ISDS does not block it. Try again later.',
  },
  'account-blocked': {
    smtp: '454 4.7.0',
    pop3: 'LOGIN-DELAY',
    cs: 'ISDS zablokoval přihlášení k tomuto účtu do {until}. Do té doby se nepřihlašujte.',
    en: 'ISDS has blocked logging in to this account until {until}. Do not log in before that.',
  },
  'address-blocked': {
    smtp: '454 4.7.0',
    pop3: 'SYS/TEMP',
    cs: 'ISDS dočasně nepřijímá přihlášení z adresy této brány. Zkuste to za hodinu.',
    en: 'ISDS does not accept log-ins from the address of this gateway for now. Try again in an hour.',
  },
  'login-required': {
    smtp: '530 5.7.0',
    pop3: 'SYS/PERM',
    cs: 'Server čeká na přihlášení. Zapněte v poštovním programu ověření jménem a heslem do datové schránky.',
    en: 'The server waits for a log-in. Switch on authentication with the login and password of the data box in the mail program.',
  },
  'encryption-required': {
    smtp: '530 5.7.0',
    pop3: 'SYS/PERM',
    cs: 'Přihlášení je možné jen šifrovaným spojením. Zapněte v poštovním programu SSL/TLS nebo STARTTLS.',
    en: 'Logging in needs an encrypted connection. Switch on SSL/TLS or STARTTLS in the mail program.',
  },
} as const satisfies Record<string, CatalogueEntry>;
