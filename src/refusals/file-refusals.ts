/** The part of the catalogue about attachments: what ISDS would not take (isds §6.3), and what the sender can do about it. */
import type { CatalogueEntry } from './catalogue-entry.ts';

export const fileRefusals = {
  'file-type-refused': {
    class: 'permanent',
    cs: 'Soubor „{file}“: ISDS formát .{extension} nepřijímá. Převeďte ho například do PDF.',
    en: 'File “{file}”: ISDS does not take the format .{extension}. Convert it, for example to PDF.',
  },
  'file-without-extension': {
    class: 'permanent',
    cs: 'Soubor „{file}“ nemá příponu. Pojmenujte ho s příponou podle obsahu, například .pdf.',
    en: 'File “{file}” has no extension. Name it with the extension of its content, for example .pdf.',
  },
  'file-name-too-long': {
    class: 'permanent',
    cs: 'Soubor „{file}“ má příliš dlouhý název, nejvýše {limit} znaků. Přejmenujte ho.',
    en: 'File “{file}” has too long a name, {limit} characters are allowed. Rename it.',
  },
  'file-empty': {
    class: 'permanent',
    cs: 'Soubor „{file}“ je prázdný. Vynechte ho.',
    en: 'File “{file}” is empty. Leave it out.',
  },
  'file-refused': {
    class: 'permanent',
    cs: 'ISDS odmítl přílohu. Upravte ji podle jeho vyjádření, například ji převeďte do PDF, nebo ji vynechte.{said}',
    en: 'ISDS refused an attachment. Change it as it says, for example convert it to PDF, or leave it out.{said}',
  },
  'files-too-many': {
    class: 'permanent',
    cs: 'Souborů ve zprávě je {count}, dovoleno je nejvýše {limit}. Rozdělte je do více zpráv.',
    en: 'The mail has {count} files, {limit} are allowed. Divide it.',
  },
  'files-too-large': {
    class: 'permanent',
    cs: 'Soubory mají dohromady {size} MB, dovoleno je {limit} MB. Rozdělte je do více zpráv.',
    en: 'The files have {size} MB together, {limit} MB are allowed. Divide them among several mails.',
  },
  'file-too-large': {
    class: 'permanent',
    cs: 'Soubor „{file}“ má {size} MB, celá zpráva smí mít nejvýše {limit} MB. Zmenšete ho nebo ho rozdělte na části ve více zprávách.',
    en: 'File “{file}” has {size} MB, the whole mail may have {limit} MB. Make it smaller, or divide it into parts in several mails.',
  },
  'file-misnamed': {
    class: 'permanent',
    cs: 'Soubor „{file}“ má příponu .{extension}, ale podle obsahu je to {found}. Přejmenujte ho s příponou {right}.',
    en: 'File “{file}” has the extension .{extension}, but its content is {found}. Rename it with the extension {right}.',
  },
  'file-to-save-anew': {
    class: 'permanent',
    cs: 'Soubor „{file}“ má příponu .{extension}, ale podle obsahu je to {found}. Otevřete ho v programu, který ho vytvořil, a uložte jako dokument {right} bez maker.',
    en: 'File “{file}” has the extension .{extension}, but its content is {found}. Open it in the program that made it and save it as a {right} document without macros.',
  },
  'file-disguised': {
    class: 'permanent',
    cs: 'Soubor „{file}“ má příponu .{extension}, ale podle obsahu je to {found}, a ten ISDS nepřijímá. Vynechte ho, nebo ho převeďte například do PDF.',
    en: 'File “{file}” has the extension .{extension}, but its content is {found}, which ISDS does not take. Convert it, for example to PDF.',
  },
  'file-unrecognised': {
    class: 'permanent',
    cs: 'Obsah souboru „{file}“ neodpovídá příponě .{extension}, nebo je soubor poškozen. Otevřete ho v programu, který ho vytvořil, a uložte znovu.',
    en: 'The content of file “{file}” does not match the extension .{extension}, or the file is damaged. Open it in the program that made it and save it again.',
  },
  'file-drawing-too-old': {
    class: 'permanent',
    cs: 'Výkres „{file}“ je ve starém formátu. Uložte ho ve formátu AutoCAD 2007 nebo novějším.',
    en: 'Drawing “{file}” has an old format. Save it in the format of AutoCAD 2007 or newer.',
  },
  'file-html-active': {
    class: 'permanent',
    cs: 'Stránka „{file}“ obsahuje prvek {element}, který ISDS nepřijímá. Uložte ji jako PDF.',
    en: 'Page “{file}” has an element {element}, which ISDS does not take. Save it as PDF.',
  },
  'containers-too-many': {
    class: 'permanent',
    cs: 'Zpráva má {count} archivů ZIP nebo ASiC, dovoleno je {limit}. Rozdělte ji do více zpráv.',
    en: 'The mail has {count} ZIP or ASiC archives, {limit} are allowed. Divide it into several mails.',
  },
  'archive-damaged': {
    class: 'permanent',
    cs: 'Archiv „{file}“ je poškozen: {problem}. Vytvořte ho znovu.',
    en: 'Archive “{file}” is damaged: {problem}. Make it again.',
  },
  'archive-signature-missing': {
    class: 'permanent',
    cs: 'Soubor „{file}“ není podepsaný kontejner ASiC. Nechte ho vytvořit podpisovým programem, nebo soubory pošlete v archivu .zip.',
    en: 'File “{file}” is not a signed ASiC container. Have a signing program make it, or send the files in a .zip archive.',
  },
  'archive-encrypted': {
    class: 'permanent',
    cs: 'Archiv „{file}“ je chráněn heslem, takový ISDS nepřijímá. Zabalte soubory bez hesla.',
    en: 'Archive “{file}” is protected by a password, which ISDS does not take. Pack the files without a password.',
  },
  'archive-split': {
    class: 'permanent',
    cs: 'Archiv „{file}“ je jen díl rozděleného archivu. Vytvořte archiv v jednom souboru, nebo více menších samostatných archivů.',
    en: 'Archive “{file}” is only a part of a split archive. Make the archive in one file, or several smaller archives of their own.',
  },
  'archive-nested': {
    class: 'permanent',
    cs: 'Archiv „{file}“ obsahuje další archiv „{inner}“, takový ISDS nepřijímá. Vnitřní archiv nejdřív rozbalte.',
    en: 'Archive “{file}” contains another archive “{inner}”, which ISDS does not take. Unpack the inner archive first.',
  },
  'archive-too-many-entries': {
    class: 'permanent',
    cs: 'Archiv „{file}“ má {count} souborů a složek, dovoleno je {limit}. Rozdělte ho do více archivů.',
    en: 'Archive “{file}” has {count} files and folders, {limit} are allowed. Divide it into several archives.',
  },
  'archive-too-deep': {
    class: 'permanent',
    cs: 'Archiv „{file}“ má složky vnořené příliš hluboko („{inner}“), dovoleny jsou {limit} úrovně. Zjednodušte složky.',
    en: 'Archive “{file}” has folders nested too deep (“{inner}”), {limit} levels are allowed. Simplify the folders.',
  },
  'archive-too-large-unpacked': {
    class: 'permanent',
    cs: 'Archiv „{file}“ má po rozbalení více než {limit} GB. Rozdělte ho do více zpráv.',
    en: 'Archive “{file}” has more than {limit} GB when unpacked. Divide it among several mails.',
  },
  'archive-size-missing': {
    class: 'permanent',
    cs: 'Archiv „{file}“ neuvádí velikost souboru „{inner}“, takový ISDS nepřijímá. Vytvořte archiv jiným programem, například v Průzkumníku.',
    en: 'Archive “{file}” does not say how large its file “{inner}” is, which ISDS does not take. Make the archive with another program, for example with Windows Explorer.',
  },
  'archive-compression': {
    class: 'permanent',
    cs: 'Archiv „{file}“ používá u souboru „{inner}“ kompresi, kterou ISDS nepřijímá. Vytvořte archiv s běžnou kompresí (Deflate).',
    en: 'Archive “{file}” uses a compression for its file “{inner}” that ISDS does not take. Make the archive with the usual compression (Deflate).',
  },
  'archive-path-unsafe': {
    class: 'permanent',
    cs: 'Archiv „{file}“ obsahuje položku s nedovolenou cestou „{inner}“. Vytvořte archiv znovu z obyčejné složky.',
    en: 'Archive “{file}” contains an entry with a forbidden path “{inner}”. Make the archive again from an ordinary folder.',
  },
  'archive-system-file': {
    class: 'permanent',
    cs: 'Archiv „{file}“ obsahuje pomocné soubory systému („{inner}“), které ISDS nepřijímá. Smažte je z archivu, nebo pošlete soubory bez archivu.',
    en: 'Archive “{file}” contains files of the operating system (“{inner}”), which ISDS does not take. Delete them from the archive, or send the files without one.',
  },
  'archive-more-problems': {
    class: 'permanent',
    cs: 'Archiv „{file}“ má další nevyhovující soubory, celkem {count}. Opravte i ty.',
    en: 'Archive “{file}” has more unsuitable files, {count} of them. Mend those too.',
  },
} as const satisfies Record<string, CatalogueEntry>;
