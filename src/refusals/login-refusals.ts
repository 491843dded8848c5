/** The part of the catalogue about logging in: wrong passwords, and the pauses that keep ISDS from blocking (isds §2.6). */
import type { CatalogueEntry } from './catalogue-entry.ts';

export const loginRefusals = {
  'login-name-invalid': {
    class: 'credentials',
    cs: 'Přihlašovací jméno nemá správný tvar. Zadejte přihlašovací jméno do datové schránky, případně jméno@{domain}.',
    en: 'The user name is malformed. Enter the login of the data box, or login@{domain}.',
  },
  'wrong-password': {
    class: 'credentials',
    cs: 'Nesprávné přihlašovací jméno nebo heslo do datové schránky. Ověřte je na portálu; heslo mohlo i vypršet. Má-li účet přihlášení certifikátem, SMS, kódem (HOTP) nebo Mobilním klíčem, samotné heslo bránu nepustí: na portálu je vypněte, nebo použijte jiný účet.',
    en: 'Wrong login or password of the data box. Try them on the portal; the password may have expired. For an account with certificate, SMS, code (HOTP) or Mobilni klic the password alone does not do: switch that off on the portal, or use another account.',
  },
  'password-doubted': {
    class: 'temporary',
    cs: 'ISDS odmítl heslo, které před chvílí platilo. Při dalším přihlášení, nejdříve za 15 sekund, se brána zeptá znovu. Pokud jste heslo změnili, opravte ho v poštovním programu.',
    en: 'ISDS refused a password that was right a moment ago. With the next log-in, 15 seconds later at the earliest, it is asked again. If you have changed the password, correct it in the mail program.',
  },
  'login-page': {
    class: 'temporary',
    cs: 'ISDS na přihlášení neodpověděl, místo odpovědi poslal webovou stránku. Má výpadek, nebo vypršelo heslo: přihlaste se na portálu, a půjde-li to, heslo tam změňte. Jinak to zkuste později.',
    en: 'ISDS sent a web page in place of an answer to the log-in. It has an outage, or the password has expired: log in on the portal, and change the password there if that works. Otherwise try again later.',
  },
  'login-unanswered': {
    class: 'temporary',
    cs: 'ISDS na přihlášení odpověděl chybou, která s heslem nesouvisí. Heslo neměňte a zkuste to později.',
    en: 'ISDS answered the log-in with an error that is not about the password. Leave the password as it is and try again later.',
  },
  'password-missing': {
    class: 'credentials',
    cs: 'Heslo je prázdné. Zadejte v poštovním programu heslo do datové schránky.',
    en: 'The password is empty. Enter the password of the data box in the mail program.',
  },
  'login-for-another': {
    class: 'credentials',
    cs: 'Přihlásit se lze jen za sebe. Pole pro jinou identitu (authorization identity) nechte v poštovním programu prázdné.',
    en: 'You can log in as yourself only. Leave the field for another identity (authorization identity) empty in the mail program.',
  },
  'box-login-refused': {
    class: 'credentials',
    cs: 'S ID schránky se odtud nelze přihlásit, nebo heslo není správné. Zadejte přihlašovací jméno do datové schránky.',
    en: 'Logging in with the box ID is not possible from here, or the password is wrong. Enter the login of the data box.',
  },
  'login-paused': {
    class: 'throttled',
    cs: 'Po několika chybných heslech je přihlašování k tomuto účtu pozastaveno do {until}, aby ho ISDS nezablokoval. Opravte heslo v poštovním programu.',
    en: 'After several wrong passwords, logging in to this account is paused until {until}, so that ISDS does not block it. Correct the password in the mail program.',
  },
  'network-paused': {
    class: 'throttled',
    cs: 'Z vaší sítě přišla chybná hesla; první přihlášení odsud jsou pozastavena do {until}, aby ISDS bránu nezablokoval. Účtů, které se odsud už přihlásily, se to netýká.',
    en: 'Wrong passwords came from your network; first log-ins from there are paused until {until}, so that ISDS does not block the gateway. Accounts that have logged in from there before are not concerned.',
  },
  'logins-paused': {
    class: 'throttled',
    cs: 'Nová přihlášení jsou na této bráně pozastavena do {until}, aby ji ISDS nezablokoval. Zkuste to později.',
    en: 'New log-ins are paused on this gateway until {until}, so that ISDS does not block it. Try again later.',
  },
  'account-blocked': {
    class: 'throttled',
    cs: 'ISDS zablokoval přihlášení k tomuto účtu do {until}. Do té doby se nepřihlašujte.',
    en: 'ISDS has blocked logging in to this account until {until}. Do not log in before that.',
  },
  'address-blocked': {
    class: 'throttled',
    cs: 'ISDS dočasně nepřijímá přihlášení z adresy této brány. Zkuste to za hodinu.',
    en: 'ISDS does not accept log-ins from the address of this gateway for now. Try again in an hour.',
  },
  'login-required': {
    class: 'permanent',
    cs: 'Server čeká na přihlášení. Zapněte v poštovním programu ověření jménem a heslem do datové schránky.',
    en: 'The server waits for a log-in. Switch on authentication with the login and password of the data box in the mail program.',
  },
  'encryption-required': {
    class: 'permanent',
    cs: 'Přihlášení je možné jen šifrovaným spojením. Zapněte v poštovním programu SSL/TLS nebo STARTTLS.',
    en: 'Logging in needs an encrypted connection. Switch on SSL/TLS or STARTTLS in the mail program.',
  },
} as const satisfies Record<string, CatalogueEntry>;
