/** The part of the catalogue about what ISDS itself refuses of a message, or cannot take now (isds §6, §9). */
import type { CatalogueEntry } from './catalogue-entry.ts';

export const sendingRefusals = {
  'sending-not-permitted': {
    class: 'permanent',
    cs: 'V této datové schránce nemáte oprávnění odesílat zprávy. Nastavuje ho správce schránky na portálu.{said}',
    en: 'You do not have the right to send messages from this data box. It is set by the administrator of the box on the portal.{said}',
  },
  'own-box-not-activated': {
    class: 'permanent',
    cs: 'Vaše datová schránka ještě není aktivní. Poprvé se do ní přihlaste na portálu datových schránek.{said}',
    en: 'Your data box is not active yet. Log in to it on the portal of the data boxes for the first time.{said}',
  },
  'payment-missing': {
    class: 'permanent',
    cs: 'Zpráva by byla placená a z vaší schránky ji nelze zaplatit: chybí smlouva, nebo nestačí kredit. Dobijte kredit na portálu a pošlete ji znovu.{said}',
    en: 'The message would be a paid one, and your box cannot pay for it: there is no contract, or the credit is too low. Top up the credit on the portal and send it again.{said}',
  },
  'recipient-of-another-kind': {
    class: 'permanent',
    cs: 'Mezi zkušební a skutečnou datovou schránkou nelze zprávy posílat. Zkontrolujte adresáta.{said}',
    en: 'Messages cannot be sent between a test box and a real one. Check the recipient.{said}',
  },
  'isds-recipients-too-many': {
    class: 'permanent',
    cs: 'Adresátů je na ISDS příliš mnoho, nebo by zpráva byla pro některého z nich placená. Pošlete ji každému zvlášť.{said}',
    en: 'There are too many recipients for ISDS, or the message would be a paid one for some of them. Send it to each of them separately.{said}',
  },
  'text-characters-refused': {
    class: 'permanent',
    cs: 'Předmět, název souboru nebo jiný údaj obsahuje znak, který ISDS nepřijímá. Vynechte neobvyklé znaky, například obrázkové.{said}',
    en: 'The subject, a file name or another field has a character that ISDS does not take. Leave out unusual characters, for example emoji.{said}',
  },
  'file-infected': {
    class: 'permanent',
    cs: 'ISDS našel v příloze škodlivý kód. Prověřte soubory antivirem a pošlete jen čisté.{said}',
    en: 'ISDS found malicious code in an attachment. Check the files with an antivirus program and send clean ones only.{said}',
  },
  'isds-size-exceeded': {
    class: 'permanent',
    cs: 'Přílohy jsou na ISDS příliš velké. Zmenšete je, nebo je rozdělte do více zpráv.{said}',
    en: 'The attachments are too large for ISDS. Make them smaller, or divide them among several mails.{said}',
  },
  'isds-files-too-many': {
    class: 'permanent',
    cs: 'Příloh je na ISDS příliš mnoho. Rozdělte je do více zpráv, nebo je zabalte do archivu ZIP.{said}',
    en: 'There are too many attachments for ISDS. Divide them among several mails, or pack them into a ZIP archive.{said}',
  },
  'sending-interrupted': {
    class: 'temporary',
    cs: 'Brána byla ukončena dřív, než zprávu předala ISDS. Zpráva se neodeslala, pošlete ji znovu.',
    en: 'The gateway was stopped before it gave the message to ISDS. The message was not sent, send it again.',
  },
  'upload-quota-full': {
    class: 'temporary',
    cs: 'V ISDS čeká příliš mnoho nahraných a neodeslaných příloh této schránky. ISDS je do dvou hodin smaže, pak zprávu pošlete znovu.{said}',
    en: 'Too many attachments of this box are uploaded to ISDS and not sent. ISDS erases them within two hours, send the mail again after that.{said}',
  },
  'virus-check-late': {
    class: 'temporary',
    cs: 'Antivirová kontrola v ISDS nestihla přílohy prověřit. Pošlete zprávu za chvíli znovu.{said}',
    en: 'The antivirus check of ISDS did not finish in time. Send the mail again in a while.{said}',
  },
  'large-messages-suspended': {
    class: 'temporary',
    cs: 'ISDS má práci s velkoobjemovými zprávami dočasně pozastavenu. Zkuste to později, nebo soubory rozdělte do zpráv do 20 MB.{said}',
    en: 'ISDS has suspended large messages for now. Try again later, or divide the files among mails of up to 20 MB.{said}',
  },
} as const satisfies Record<string, CatalogueEntry>;
