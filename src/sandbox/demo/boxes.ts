/** The people and offices of the demonstration; none of them exists. */
import { BoxState } from '../box.ts';
import type { BoxRecord, LoginRecord } from '../population.ts';

/** Box IDs by part. */
export const demoBoxes = {
  office: 'urad3k7',
  company: 'pekarn4',
  person: 'tichahb',
  builder: 'stavby2',
  /** Has neither contract nor credit. */
  poor: 'firma2x',
  closed: 'zavren6',
  suspended: 'spici2t',
  notActivated: 'hradecp',
  refusesPdz: 'nevyzkb',
  /** Refuses commercial messages and publication. */
  hidden: 'skrytar',
  /** Two boxes of one legal person, with one identification number. */
  cooperative: 'druzstm',
  farm: 'stateku',
} as const;

export const boxRecords: readonly BoxRecord[] = [
  {
    id: demoBoxes.office,
    type: 'OVM_PO',
    name: 'Úřad městské části Horní Dolík',
    ico: '00654329',
    address: { street: 'náměstí Míru', number: '12', city: 'Horní Dolík', zip: '39601' },
  },
  {
    id: demoBoxes.company,
    type: 'PO',
    name: 'Pekařství U Žluťoučkého koně s.r.o.',
    ico: '12345679',
    address: { street: 'Řeznická', number: '7', city: 'Horní Dolík', district: 'Předměstí', zip: '39601' },
    pdzCredit: 5_000,
  },
  {
    id: demoBoxes.person,
    type: 'FO',
    name: 'Žofie Tichá',
    person: { givenNames: 'Žofie', lastName: 'Tichá', birthDate: '1984-02-29' },
    address: { street: 'U Křížku', number: '3', city: 'Dolní Lhotka', zip: '39602' },
    pdzCredit: 1_000,
  },
  {
    id: demoBoxes.builder,
    type: 'PO',
    name: 'Stavby Šťastný & synové a.s.',
    ico: '87654326',
    address: { street: 'Průmyslová', number: '101', city: 'Humpolec', zip: '39601' },
    pdzContract: true,
  },
  {
    id: demoBoxes.poor,
    type: 'PFO',
    name: 'Kamil Dlužný – opravy kol',
    person: { givenNames: 'Kamil', lastName: 'Dlužný', birthDate: '1971-11-17' },
    ico: '44556675',
    address: { street: 'Zadní', number: '1', city: 'Humpolec', zip: '39601' },
  },
  {
    id: demoBoxes.closed,
    type: 'PO',
    name: 'Zaniklá společnost s.r.o.',
    ico: '11223341',
    address: { street: 'Konečná', number: '99', city: 'Praha', zip: '11000' },
    state: BoxState.closed,
  },
  {
    id: demoBoxes.suspended,
    type: 'PFO_ADVOK',
    name: 'JUDr. Řehoř Spící, advokát',
    person: { givenNames: 'Řehoř', lastName: 'Spící', birthDate: '1960-01-01' },
    ico: '55667783',
    address: { street: 'Tichá', number: '8', city: 'Brno', zip: '60200' },
    state: BoxState.suspended,
  },
  {
    id: demoBoxes.notActivated,
    type: 'FO',
    name: 'Nora Nováčková',
    person: { givenNames: 'Nora', lastName: 'Nováčková', birthDate: '2004-06-30' },
    address: { street: 'Nová', number: '20', city: 'Plzeň', zip: '30100' },
    state: BoxState.notActivated,
  },
  {
    id: demoBoxes.refusesPdz,
    type: 'FO',
    name: 'Bořivoj Nevyzký',
    person: { givenNames: 'Bořivoj', lastName: 'Nevyzký', birthDate: '1955-05-05' },
    address: { street: 'Zamčená', number: '5', city: 'Olomouc', zip: '77900' },
    acceptsPdz: false,
  },
  {
    id: demoBoxes.hidden,
    type: 'FO',
    name: 'Agáta Skrytá',
    person: { givenNames: 'Agáta', lastName: 'Skrytá', birthDate: '1990-12-24' },
    address: { street: 'Stinná', number: '13', city: 'Liberec', zip: '46001' },
    acceptsPdz: false,
    published: false,
  },
  {
    id: demoBoxes.cooperative,
    type: 'PO',
    name: 'Zemědělské družstvo Rybníček',
    ico: '28765435',
    address: { street: 'Na Návsi', number: '1', city: 'Rybníček', zip: '58001' },
    pdzContract: true,
    pdzCredit: 10_000,
  },
  {
    id: demoBoxes.farm,
    type: 'PO_REQ',
    name: 'Zemědělské družstvo Rybníček – statek Údolí',
    ico: '28765435',
    address: { street: 'Údolní', number: '40', city: 'Rybníček', zip: '58001' },
  },
];

export type DemoLogin = LoginRecord & {
  /** For people who try the sandbox out. */
  readonly description: string;
  readonly boxName: string;
};

/** Passwords obey the rules of ISDS; one has a colon and spaces, which clients like to get wrong (isds §2.2). */
const logins: readonly Omit<DemoLogin, 'boxName'>[] = [
  {
    name: 'urad01',
    password: 'Podatelna-1234',
    boxId: demoBoxes.office,
    givenNames: 'Ludmila',
    lastName: 'Podatelová',
    description: 'úřad (orgán veřejné moci), píše komukoli zdarma',
  },
  {
    name: 'pekar1',
    password: 'Chleba-2026',
    boxId: demoBoxes.company,
    givenNames: 'Přemysl',
    lastName: 'Kváskový',
    description: 'jednatel firmy, všechna oprávnění, schránka plná ukázek',
  },
  {
    name: 'pekar2',
    password: 'Rohlik za 3: koruny',
    boxId: demoBoxes.company,
    givenNames: 'Růžena',
    lastName: 'Žemličková',
    userType: 'ENTRUSTED_USER',
    permissions: 1 + 4 + 8 + 16,
    description: 'úřednice firmy, nečte zprávy do vlastních rukou',
  },
  {
    name: 'pekar3',
    password: 'Vanocka+8',
    boxId: demoBoxes.company,
    givenNames: 'Čeněk',
    lastName: 'Nahlížel',
    userType: 'ENTRUSTED_USER',
    permissions: 8,
    description: 'jen vidí seznamy: nic nedoručí a nic nestáhne',
  },
  {
    name: 'zofie1',
    password: 'Kocka-na-okne-9',
    boxId: demoBoxes.person,
    givenNames: 'Žofie',
    lastName: 'Tichá',
    description: 'fyzická osoba s kreditem na jednu poštovní zprávu',
  },
  {
    name: 'stavby',
    password: 'Cihla.na.cihlu.1',
    boxId: demoBoxes.builder,
    givenNames: 'Šimon',
    lastName: 'Šťastný',
    description: 'jiná firma se smlouvou na poštovní zprávy',
  },
  {
    name: 'kamil1',
    password: 'Galuska-28',
    boxId: demoBoxes.poor,
    givenNames: 'Kamil',
    lastName: 'Dlužný',
    description: 'podnikatel bez kreditu, píše jen úřadům',
  },
  {
    name: 'druzs1',
    password: 'Jetel-2026-ano',
    boxId: demoBoxes.cooperative,
    givenNames: 'Bohumil',
    lastName: 'Úrodný',
    description: 'družstvo se smlouvou i kreditem, čeká tu velkoobjemová zpráva',
  },
  {
    name: 'druzs2',
    password: 'Traktor+Kombajn7',
    boxId: demoBoxes.farm,
    givenNames: 'Květoslava',
    lastName: 'Polní',
    description: 'druhá schránka téhož družstva (stejné IČO), bez kreditu',
  },
];

export const demoLogins: readonly DemoLogin[] = logins.map((login) => {
  const box = boxRecords.find(({ id }) => id === login.boxId);
  return { ...login, boxName: box?.name ?? '' };
});
