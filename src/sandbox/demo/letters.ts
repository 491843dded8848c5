/** The messages of the demonstration, with times relative to the start. */
import { State, type MessageFile } from '../message.ts';
import type { Letter } from '../population.ts';
import { demoBoxes } from './boxes.ts';
import { writePdf } from './pdf.ts';
import { writePng } from './png.ts';
import { recording } from './recording.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const { office, company, person, builder, cooperative, farm } = demoBoxes;

/** Twenty-six megabytes of sound. */
const RECORDING_SECONDS = 300;

/** A name as long as ISDS lets it be useful: over two hundred characters, most of them with diacritics. */
const LONG_NAME = `Příloha č. 3 – ${'podrobný výčet závad zjištěných při místním šetření, '.repeat(4)}konečné znění.txt`;

const INVOICE_XML = `<faktura xmlns="urn:pekarstvi:faktura" cislo="2026-118"><odběratel>Žofie Tichá</odběratel><celkem měna="CZK">1 250,50</celkem></faktura>`;

const SYSTEM_PAGE = `<!DOCTYPE html><html lang="cs"><head><meta charset="utf-8"><title>Nový uživatel</title></head>
<body><p>Do Vaší datové schránky byl přidán uživatel <b>Čeněk Nahlížel</b>.</p></body></html>\n`;

const SYSTEM_XML = `<?xml version="1.0" encoding="utf-8"?>
<SystemMessage type="2"><isdsID>DS_pekar3xxx</isdsID><userName>Čeněk Nahlížel</userName></SystemMessage>\n`;

export function letters(now: number): Letter[] {
  return [...olderOfCompany(now), ...newOfCompany(now), ...ofPerson(now), ...ofOffice(now), ...ofCooperative(now)];
}

function olderOfCompany(now: number): Letter[] {
  return [
    {
      from: office,
      to: company,
      annotation: 'Rozhodnutí o povolení zahrádky',
      senderRefNumber: 'MCHD/0411/2026',
      files: [pdf('rozhodnutí.pdf', 'Rozhodnutí', 'Zahrádka před provozovnou se povoluje do 30. září.')],
      state: State.read,
      arrivedAt: now - 20 * DAY,
      deliveredAt: now - 19 * DAY,
    },
    {
      from: 'aaaaaaa',
      to: company,
      annotation: 'Oznámení o přidání uživatele datové schránky',
      files: [
        { name: 'oznámení.html', mimeType: 'text/html', metaType: 'main', content: Buffer.from(SYSTEM_PAGE) },
        { name: 'SystemMessage.xml', mimeType: 'text/xml', metaType: 'enclosure', content: Buffer.from(SYSTEM_XML) },
      ],
      arrivedAt: now - 5 * DAY,
    },
    {
      from: builder,
      to: company,
      type: 'I',
      annotation: 'Nabídka opravy komína – odpověď platíme my',
      senderRefNumber: 'NAB-77/2026',
      files: [pdf('nabídka.pdf', 'Nabídka', 'Komín opravíme do týdne. Odpovědět můžete zdarma.')],
      arrivedAt: now - 4 * DAY,
    },
    {
      from: builder,
      to: company,
      type: 'K',
      annotation: 'Faktura č. 2026/0815',
      senderRefNumber: 'F-2026/0815',
      senderIdent: 'ZAK-15',
      recipientRefNumber: 'OBJ-7',
      recipientIdent: 'PEKÁRNA',
      toHands: 'Přemysl Kváskový',
      files: [pdf('faktura 0815.pdf', 'Faktura č. 2026/0815', 'Celkem k úhradě: 18 450,00 Kč.')],
      arrivedAt: now - 29 * HOUR,
    },
  ];
}

function newOfCompany(now: number): Letter[] {
  return [
    {
      from: office,
      to: company,
      annotation: 'Spis „Kůň & hříbě“ <příloha č. 1> "ověřená" kopie',
      senderRefNumber: 'MCHD/0587/2026',
      senderIdent: 'SPIS-77',
      lineBreaks: true,
      files: [
        pdf('Sdělení o výsledku šetření.pdf', 'Sdělení', 'Příliš žluťoučký kůň úpěl ďábelské ódy.'),
        { name: 'Fotografie průčelí.png', mimeType: 'image/png', metaType: 'enclosure', content: writePng(160, 120) },
        {
          name: 'výpis.xml',
          mimeType: 'text/xml',
          metaType: 'enclosure',
          content: Buffer.from(INVOICE_XML),
          form: 'xml',
        },
        text(LONG_NAME, 'Závada první: komín.\r\nZávada druhá: dveře.\r\n'),
        text('poznámka.txt', 'První poznámka.\n'),
        text('poznámka.txt', 'Druhá poznámka téhož jména.\n'),
      ],
      arrivedAt: now - 26 * HOUR,
    },
    {
      from: office,
      to: company,
      annotation: 'Předvolání jednatele',
      senderRefNumber: 'MCHD/0590/2026',
      toHands: 'Přemysl Kváskový',
      personalDelivery: true,
      legalTitle: { law: 500, year: 2004, section: '59', paragraph: '1' },
      files: [pdf('předvolání.pdf', 'Předvolání', 'Dostavte se prosím v úterý v 9 hodin do kanceláře č. 4.')],
      arrivedAt: now - 3 * HOUR,
    },
    {
      from: office,
      to: company,
      annotation: 'Výzva k doplnění žádosti o zábor veřejného prostranství',
      senderRefNumber: 'MCHD/0601/2026',
      senderIdent: 'SPIS-81',
      legalTitle: { law: 13, year: 1997, section: '25', paragraph: '6', point: 'c' },
      files: [pdf('výzva.pdf', 'Výzva k doplnění žádosti', 'Žádost doplňte do 15 dnů o nákres a souhlas vlastníka.')],
      arrivedAt: now - 2 * HOUR,
    },
  ];
}

function ofPerson(now: number): Letter[] {
  return [
    {
      from: office,
      to: person,
      annotation: 'Vyrozumění o místním poplatku ze psů',
      senderRefNumber: 'MCHD/0533/2026',
      files: [pdf('vyrozumění.pdf', 'Vyrozumění', 'Poplatek za psa Žeryka činí 300 Kč.')],
      arrivedAt: now - 6 * DAY,
    },
    {
      from: company,
      to: person,
      type: 'E',
      annotation: 'Účet za svatební dort',
      files: [pdf('účet.pdf', 'Účet', 'Dort třípatrový: 1 250,50 Kč. Děkujeme, přijďte zas.')],
      arrivedAt: now - 30 * HOUR,
    },
  ];
}

function ofOffice(now: number): Letter[] {
  return [
    {
      from: person,
      to: office,
      annotation: 'Stížnost na noční hluk',
      toHands: 'odbor životního prostředí',
      files: [
        text('stížnost.txt', 'Dobrý den,\r\nv pekárně se v noci zpívá. Prosím o nápravu.\r\nŽofie Tichá\r\n', 'main'),
      ],
      arrivedAt: now - 3 * DAY,
    },
    {
      from: company,
      to: office,
      annotation: 'Žádost o zábor veřejného prostranství',
      senderRefNumber: 'PEK-3/2026',
      files: [pdf('žádost.pdf', 'Žádost', 'Žádáme o zábor 12 metrů čtverečních pro stánek s chlebem.')],
      state: State.deliveredByLogin,
      arrivedAt: now - 10 * DAY,
      deliveredAt: now - 9 * DAY,
    },
  ];
}

function ofCooperative(now: number): Letter[] {
  return [
    {
      from: office,
      to: cooperative,
      vodz: true,
      annotation: 'Záznam z veřejného projednání územního plánu',
      senderRefNumber: 'MCHD/0602/2026',
      files: [
        pdf('průvodní dopis.pdf', 'Průvodní dopis', 'V příloze zasíláme zvukový záznam projednání.'),
        {
          name: 'záznam projednání.wav',
          mimeType: 'audio/wav',
          metaType: 'enclosure',
          content: recording(RECORDING_SECONDS),
        },
      ],
      arrivedAt: now - 5 * HOUR,
    },
    {
      from: builder,
      to: farm,
      type: 'K',
      annotation: 'Předání opraveného seníku',
      senderRefNumber: 'P-12/2026',
      files: [pdf('protokol.pdf', 'Předávací protokol', 'Střecha seníku je opravena a předána bez závad.')],
      arrivedAt: now - 6 * HOUR,
    },
  ];
}

function pdf(name: string, ...lines: readonly string[]): MessageFile {
  return { name, mimeType: 'application/pdf', metaType: 'main', content: writePdf(lines) };
}

function text(name: string, content: string, metaType: MessageFile['metaType'] = 'enclosure'): MessageFile {
  return { name, mimeType: 'text/plain', metaType, content: Buffer.from(content) };
}
