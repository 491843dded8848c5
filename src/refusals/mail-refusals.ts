/** The part of the catalogue about the mail itself: what cannot become a data message (mail-clients §10, §11). */
import type { CatalogueEntry } from './catalogue-entry.ts';

export const mailRefusals = {
  'mail-unreadable': {
    class: 'permanent',
    cs: 'Zprávě nelze porozumět: {problem}. Napište ji znovu jako běžný e-mail s přílohami.',
    en: 'The mail cannot be understood: {problem}. Write it again as an ordinary mail with attachments.',
  },
  'mail-encrypted': {
    class: 'permanent',
    cs: 'Šifrovaný e-mail nelze předat jako datovou zprávu. Pošlete ho nešifrovaný; datová zpráva je chráněna sama.',
    en: 'An encrypted mail cannot become a data message. Send it unencrypted; a data message is protected by itself.',
  },
  'mail-too-large': {
    class: 'permanent',
    cs: 'Zpráva je příliš velká, soubory smějí mít dohromady nejvýše {limit} MB. Rozdělte je do více zpráv.',
    en: 'The mail is too large, its files may have {limit} MB together. Divide them among several mails.',
  },
  'mail-automatic': {
    class: 'permanent',
    cs: 'Automatická odpověď ani automatické přeposlání se jako datová zpráva neposílá. Vypněte je pro tento účet.',
    en: 'Automatic replies and automatic forwarding are not sent as data messages. Switch them off for this account.',
  },
  'mail-calendar-reply': {
    class: 'permanent',
    cs: 'Odpověď na pozvánku z kalendáře se jako datová zpráva neposílá. Odpovězte běžnou zprávou.',
    en: 'A reply to an invitation of a calendar is not sent as a data message. Reply with an ordinary mail.',
  },
  'mail-calendar-only': {
    class: 'permanent',
    cs: 'Zpráva je jen pozvánka z kalendáře, té by adresát v datové schránce neporozuměl. Napište termín a místo do textu běžné zprávy.',
    en: 'The mail is only an invitation of a calendar, which nobody could read in a data box. Write the time and place into the text of an ordinary mail.',
  },
  'mail-reaction': {
    class: 'permanent',
    cs: 'Reakce (smajlík místo odpovědi) se jako datová zpráva neposílá. Odpovězte běžnou zprávou.',
    en: 'A reaction (an emoji in place of an answer) is not sent as a data message. Reply with an ordinary mail.',
  },
  'mail-recall': {
    class: 'permanent',
    cs: 'Odeslanou datovou zprávu nelze odvolat. Opravu pošlete jako novou zprávu.',
    en: 'A data message cannot be recalled once it is sent. Send the correction as a new mail.',
  },
  'mail-redirected': {
    class: 'permanent',
    cs: 'Přesměrovaná zpráva se jako datová zpráva neposílá. Použijte v poštovním programu místo přesměrování předání dál; pravidlo pro přesměrování vypněte.',
    en: 'A redirected mail is not sent as a data message. Forward it in the mail program instead of redirecting it; switch off a rule that redirects.',
  },
  'mail-delivery-report': {
    class: 'permanent',
    cs: 'Zpráva o nedoručení se jako datová zpráva neposílá. Napište odesílateli běžnou zprávu.',
    en: 'A delivery report is not sent as a data message. Write an ordinary mail to the sender.',
  },
  'mail-empty': {
    class: 'permanent',
    cs: 'Zpráva nemá text ani přílohu. Napište text, nebo přiložte soubor.',
    en: 'The mail has neither text nor attachment. Write a text, or attach a file.',
  },
  'text-not-passed-on': {
    class: 'permanent',
    cs: 'Brána je nastavena tak, že text zprávy nepředává, a zpráva nemá žádnou přílohu. Napište text do souboru a přiložte ho.',
    en: 'This gateway is set not to pass on the text of a mail, and the mail has no attachment. Write the text into a file and attach it.',
  },
  'text-too-long': {
    class: 'permanent',
    cs: 'Text zprávy je příliš dlouhý. Pošlete ho jako přílohu.',
    en: 'The text of the mail is too long. Send it as an attachment.',
  },
  'annotation-missing': {
    class: 'permanent',
    cs: 'Zpráva nemá předmět. Doplňte ho, stane se věcí datové zprávy.',
    en: 'The mail has no subject. Add one, it becomes the annotation of the data message.',
  },
  'annotation-too-long': {
    class: 'permanent',
    cs: 'Předmět má {length} znaků, věc datové zprávy smí mít nejvýše {limit}. Zkraťte ho.',
    en: 'The subject has {length} characters, the annotation of a data message may have {limit}. Shorten it.',
  },
} as const satisfies Record<string, CatalogueEntry>;
