/** The part of the catalogue about forms of addresses, headers of the mail, and who pays (isds §6.1, §6.5). */
import type { CatalogueEntry } from './catalogue-entry.ts';

export const envelopeRefusals = {
  // The address
  'recipient-option-unknown': {
    class: 'permanent',
    cs: '{address}: „{option}“ do adresy nepatří. Za ID schránky smí být, každé nejvýše jednou: {known}.',
    en: '{address}: “{option}” is no part of an address. The box ID may be followed, once each, by: {known}.',
  },
  'recipient-name-malformed': {
    class: 'permanent',
    cs: '{address}: za +kr= patří jméno bez háčků a čárek, nejvýše {limit} znaků, místo mezery podtržítko nebo tečka, například +kr=Jan_Novak. Jméno s háčky a čárkami lze uvést v hlavičce X-ISDS-To-Hands.',
    en: '{address}: +kr= takes a name in ASCII of at most {limit} characters, with an underscore or a full stop for a blank, as +kr=Jan_Novak. Other letters can be written in the header X-ISDS-To-Hands.',
  },
  'recipient-ico-malformed': {
    class: 'permanent',
    cs: '{address}: za ico- patří IČO, osm číslic, z nichž poslední je kontrolní. Zkontrolujte překlep; kratší IČO doplňte zleva nulami.',
    en: '{address}: ico- takes an organisation number (ICO), eight digits of which the last is a check digit. Look for a typing error; fill a shorter one up with zeros on the left.',
  },
  'recipient-ico-unknown': {
    class: 'permanent',
    cs: 'K IČO {ico} vyhledávání ISDS žádnou datovou schránku nenašlo. Ověřte IČO; novou schránku najde až za několik hodin.',
    en: 'The search of ISDS found no data box for the organisation number {ico}. Check the number; a new box is found after some hours.',
  },
  'recipient-ico-ambiguous': {
    class: 'permanent',
    cs: 'K IČO {ico} patří více datových schránek. Napište do jedné z nich: {candidates}.',
    en: 'There are several data boxes for the organisation number {ico}. Write to one of them: {candidates}.',
  },
  'recipient-repeated': {
    class: 'permanent',
    cs: 'Schránka {box} je mezi adresáty dvakrát, pokaždé s jinými údaji za znakem +. Nechte ji tam jednou, nebo pošlete dvě zprávy.',
    en: 'The box {box} is among the recipients twice, with different options behind the +. Leave it there once, or send two mails.',
  },

  // Who pays
  'paid-message-off': {
    class: 'permanent',
    cs: 'Zpráva do datové schránky {box} by byla placená a správce této brány placené zprávy nepovolil (nastavení sending.paidMessages). Pošlete ji na portálu, nebo ho požádejte o povolení.',
    en: 'A message to the data box {box} would be a paid one, and the administrator of this gateway has switched those off (setting sending.paidMessages). Send it on the portal, or ask for them to be allowed.',
  },
  'prepaid-reply-gone': {
    class: 'permanent',
    cs: 'Předplacená odpověď na tuto zprávu už byla využita nebo vypršela; nic nebylo odesláno ani zaplaceno. Chcete-li poslat placenou zprávu, napište novou místo odpovědi (nebo přidejte hlavičku X-ISDS-Prepaid-Reply: no).',
    en: 'The prepaid reply to this message was used already or has expired; nothing was sent or paid for. To send a paid message, write a new one instead of a reply (or add the header X-ISDS-Prepaid-Reply: no).',
  },
  'prepaid-reply-impossible': {
    class: 'permanent',
    cs: 'Předplacenou odpověď nelze poslat; nic nebylo odesláno ani zaplaceno.{said} Chcete-li poslat placenou zprávu, napište novou místo odpovědi (nebo přidejte hlavičku X-ISDS-Prepaid-Reply: no).',
    en: 'No prepaid reply can be sent; nothing was sent or paid for.{said} To send a paid message, write a new one instead of a reply (or add the header X-ISDS-Prepaid-Reply: no).',
  },
  'prepaid-reply-ref-number': {
    class: 'permanent',
    cs: 'Hlavička X-ISDS-Recipient-Ref-Number předplacené odpovědi musí obsahovat číslo jednací zprávy, na kterou odpovídá. Vynechte ji, doplní se sama.',
    en: 'The header X-ISDS-Recipient-Ref-Number of a prepaid reply must be the reference number of the message that it answers. Leave it out, it is filled in.',
  },
  'initiatory-impossible': {
    class: 'permanent',
    cs: 'Zprávu s předplacenou odpovědí (X-ISDS-Type: I) nelze poslat: potřebuje smlouvu na poštovní datové zprávy a číslo jednací v hlavičce X-ISDS-Sender-Ref-Number.{said}',
    en: 'A message with a prepaid reply (X-ISDS-Type: I) cannot be sent: it needs a contract for commercial messages, and a reference number in the header X-ISDS-Sender-Ref-Number.{said}',
  },

  // Headers of the mail
  'header-unknown': {
    class: 'permanent',
    cs: 'Hlavička {header} není známa. Vynechte ji, nebo použijte některou z těchto: {known}.',
    en: 'The header {header} is not known. Leave it out, or use one of these: {known}.',
  },
  'header-repeated': {
    class: 'permanent',
    cs: 'Hlavička {header} je v e-mailu vícekrát. Nechte tam jen jednu.',
    en: 'The header {header} stands in the mail more than once. Leave only one of them.',
  },
  'header-value-unknown': {
    class: 'permanent',
    cs: 'Hlavička {header} smí mít jen některou z těchto hodnot: {allowed}.',
    en: 'The header {header} takes one of these values only: {allowed}.',
  },
  'header-not-whole-number': {
    class: 'permanent',
    cs: 'Hlavička {header} není celé číslo o nejvýše {limit} číslicích. Opravte ji, nebo ji vynechte.',
    en: 'The header {header} is not a whole number of at most {limit} digits. Correct it, or leave it out.',
  },
  'header-too-long': {
    class: 'permanent',
    cs: 'Hlavička {header} má {length} znaků, dovoleno je nejvýše {limit}. Zkraťte ji.',
    en: 'The header {header} has {length} characters, at most {limit} are allowed. Make it shorter.',
  },
  'header-contradicts': {
    class: 'permanent',
    cs: 'Hlavička {header} říká něco jiného než {other}. Nechte jen jedno z nich.',
    en: 'The header {header} says something else than {other}. Leave only one of them.',
  },
} as const satisfies Record<string, CatalogueEntry>;
