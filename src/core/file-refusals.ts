/** The part of the catalogue about attachments: what ISDS would not take (isds §6.3), and what the sender can do about it. */
import type { CatalogueEntry } from './catalogue-entry.ts';

export const fileRefusals = {
  'file-type-refused': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Soubor „{file}“: ISDS formát .{extension} nepřijímá. Převeďte ho například do PDF.',
  },
  'file-without-extension': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Soubor „{file}“ nemá příponu. Pojmenujte ho s příponou podle obsahu, například .pdf.',
  },
  'file-name-too-long': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Soubor „{file}“ má příliš dlouhý název, nejvýše {limit} znaků. Přejmenujte ho.',
  },
  'file-empty': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Soubor „{file}“ je prázdný. Vynechte ho.',
  },
  'file-refused': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'ISDS odmítl přílohu.{said}',
  },
  'files-too-many': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Zpráva má {count} souborů, dovoleno je {limit}. Rozdělte ji.',
  },
  'files-too-large': {
    smtp: '552 5.3.4',
    pop3: 'SYS/PERM',
    text: 'Soubory mají dohromady {size} MB, dovoleno je {limit} MB. Rozdělte je do více zpráv.',
  },
  'file-too-large': {
    smtp: '552 5.3.4',
    pop3: 'SYS/PERM',
    text: 'Soubor „{file}“ má {size} MB, celá zpráva smí mít nejvýše {limit} MB. Zmenšete ho nebo ho rozdělte na části ve více zprávách.',
  },
  'file-misnamed': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Soubor „{file}“ má příponu .{extension}, ale obsah odpovídá formátu {found}. Přejmenujte ho s příponou {right}.',
  },
  'file-disguised': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Soubor „{file}“ má příponu .{extension}, ale obsah odpovídá formátu {found}, který ISDS nepřijímá. Převeďte ho například do PDF.',
  },
  'file-unrecognised': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Obsah souboru „{file}“ neodpovídá příponě .{extension}, nebo je soubor poškozen. Otevřete ho v programu, který ho vytvořil, a uložte znovu.',
  },
  'file-drawing-too-old': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Výkres „{file}“ je ve starém formátu. Uložte ho ve formátu AutoCAD 2007 nebo novějším.',
  },
  'file-html-active': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Stránka „{file}“ obsahuje prvek {element}, který ISDS nepřijímá. Uložte ji jako PDF.',
  },
  'containers-too-many': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Zpráva má {count} archivů ZIP nebo ASiC, dovoleno je {limit}. Rozdělte ji do více zpráv.',
  },
  'archive-damaged': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Archiv „{file}“ je poškozen: {problem}. Vytvořte ho znovu.',
  },
  'archive-signature-missing': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Soubor „{file}“ není podepsaný kontejner ASiC. Nechte ho vytvořit podpisovým programem, nebo soubory pošlete v archivu .zip.',
  },
  'archive-encrypted': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Archiv „{file}“ je chráněn heslem, takový ISDS nepřijímá. Zabalte soubory bez hesla.',
  },
  'archive-split': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Archiv „{file}“ je jen díl rozděleného archivu. Vytvořte archiv v jednom souboru, nebo více menších samostatných archivů.',
  },
  'archive-nested': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Archiv „{file}“ obsahuje další archiv „{inner}“, takový ISDS nepřijímá. Vnitřní archiv nejdřív rozbalte.',
  },
  'archive-too-many-entries': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Archiv „{file}“ má {count} souborů a složek, dovoleno je {limit}. Rozdělte ho do více archivů.',
  },
  'archive-too-deep': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Archiv „{file}“ má složky vnořené příliš hluboko („{inner}“), dovoleny jsou {limit} úrovně. Zjednodušte složky.',
  },
  'archive-too-large-unpacked': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Archiv „{file}“ má po rozbalení více než {limit} GB. Rozdělte ho do více zpráv.',
  },
  'archive-size-missing': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Archiv „{file}“ neuvádí velikost souboru „{inner}“, takový ISDS nepřijímá. Vytvořte archiv jiným programem, například v Průzkumníku.',
  },
  'archive-compression': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Archiv „{file}“ používá u souboru „{inner}“ kompresi, kterou ISDS nepřijímá. Vytvořte archiv s běžnou kompresí (Deflate).',
  },
  'archive-path-unsafe': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Archiv „{file}“ obsahuje položku s nedovolenou cestou „{inner}“. Vytvořte archiv znovu z obyčejné složky.',
  },
  'archive-system-file': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Archiv „{file}“ obsahuje pomocné soubory systému („{inner}“), které ISDS nepřijímá. Smažte je z archivu, nebo pošlete soubory bez archivu.',
  },
  'archive-more-problems': {
    smtp: '554 5.6.1',
    pop3: 'SYS/PERM',
    text: 'Archiv „{file}“ má další nevyhovující soubory, celkem {count}. Opravte i ty.',
  },
} as const satisfies Record<string, CatalogueEntry>;
