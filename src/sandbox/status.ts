/** Status codes that the sandbox answers, with their Czech texts, and the refusal that carries one (isds §9). */

const TEXTS: Readonly<Record<string, string>> = {
  '0000': 'Provedeno úspěšně.',
  '0002': 'Podmínkám neodpovídá žádná datová schránka.',
  '0003': 'Podmínkám odpovídá příliš mnoho schránek, výsledek je zkrácen.',
  '0004': 'Některé datové zprávy nebyly úspěšně odeslány.',
  '0005': 'Podepsaná zpráva nemá časové razítko.',
  '0009': 'Schránka nepřijímá poštovní datové zprávy.',
  '1004': 'K této operaci nemáte oprávnění.',
  '1026': 'Schránka ještě není aktivní, poprvé se přihlaste na portálu.',
  '1058': 'Chybné datum.',
  '1101': 'Chybí typ schránky.',
  '1102': 'Chybí název firmy nebo jeho začátek.',
  '1103': 'Chybí příjmení.',
  '1108': 'Začátek jména je příliš krátký.',
  '1109': 'Vyhledání není jednoznačné.',
  '1152': 'Hledaný text je prázdný.',
  '1153': 'Hledaný identifikátor datové schránky není platný.',
  '1154': 'Hledané IČO není platné.',
  '1155': 'Neplatný parametr vyhledávání.',
  '1156': 'Stránka výsledků je příliš velká.',
  '1180': 'Hledaný text je příliš krátký.',
  '1189': 'Číslo stránky je příliš vysoké.',
  '1178': 'Zprávu výhradně do vlastních rukou si může vyzvednout jen držitel schránky na portálu.',
  '1179': 'Chybný výčet zveřejňovaných údajů o odesílající osobě.',
  '1201': 'Schránka, ze které odesíláte, je znepřístupněna.',
  '1202': 'Schránka adresáta neexistuje.',
  '1203': 'Do systémové schránky nelze posílat zprávy.',
  '1204': 'Schránka adresáta není přístupná.',
  '1205': 'Ze schránky nelze odeslat poštovní datovou zprávu, chybí smlouva nebo kredit.',
  '1206': 'Uživatel nemá oprávnění vytvářet a odesílat zprávy.',
  '1207': 'Uživatel nemá oprávnění číst zprávy.',
  '1208': 'Uživatel nemá oprávnění číst zprávy určené do vlastních rukou.',
  '1209': 'Uživatel nemá oprávnění zobrazovat seznamy a údaje o dodání.',
  '1211': 'Zpráva nepatří do této schránky.',
  '1213': 'Typ MIME přílohy není povolen.',
  '1214': 'Příloha nevyhovuje.',
  '1216': 'Zprávu nelze poslat do vlastní schránky.',
  '1217': 'Příliš mnoho adresátů; poštovní datovou zprávu lze poslat jen jednomu.',
  '1219': 'Zpráva není v databázi.',
  '1222': 'Zpráva ještě není doručena, nelze ji číst.',
  '1225': 'Vstup obsahuje nepovolený znak.',
  '1226': 'Obsah přílohy není platné base64.',
  '1227': 'Příloha je prázdná.',
  '1229': 'Odeslaná zpráva ještě nebyla dodána.',
  '1230': 'Zpráva je nedoručitelná.',
  '1232': 'Adresát nepřijímá poštovní datové zprávy.',
  '1233': 'Mezi těmito schránkami lze poslat jen poštovní datovou zprávu.',
  '1234': 'Na tuto zprávu nelze odpovědět odpovědní zprávou.',
  '1235': 'Iniciační zpráva musí mít číslo jednací odesílatele.',
  '1236': 'Odpovědní zpráva musí mít číslo jednací adresáta.',
  '1242': 'Iniciační zpráva vyžaduje smlouvu.',
  '1248': 'Zpráva není doručena, nelze ji označit za přečtenou.',
  '1251': 'Iniciační zpráva nebyla doručena přihlášením.',
  '1253': 'Zpráva má příliš mnoho příloh.',
  '1269': 'Registrace již existuje.',
  '1270': 'Registrace neexistuje.',
  '1271': 'Rozsah ALL je jen pro přístupové rozhraní.',
  '1272': 'Počátek je starší než tři dny.',
  '1273': 'Schránka není touto aplikací registrována k oznámením.',
  '1280': 'Název přílohy je příliš dlouhý.',
  '1281': 'Služba není určena pro tento druh zprávy.',
  '1282': 'Přílohy překračují 20 MB, zprávu je nutné poslat jako velkoobjemovou.',
  '1284': 'V odkazu na přílohu chybí údaje.',
  '1286': 'Objem nahraných a nepoužitých příloh je vyčerpán.',
  '1287': 'Příloha je příliš velká.',
  '1288': 'V odkazu na přílohu chybí otisk.',
  '1289': 'Otisk v odkazu na přílohu má chybný tvar.',
  '1290': 'Otisk neodpovídá uložené příloze.',
  '1291': 'V odkazu na přílohu chybí dmFileMetaType.',
  '1292': 'V odkazu na přílohu chybí dmFileAttId.',
  '1293': 'Příloha patří jiné schránce.',
  '1294': 'Příloha neexistuje, možná byla smazána.',
  '1295': 'Přílohy uvedené přímo ve zprávě jsou příliš velké.',
  '1296': 'Přílohy překračují povolený objem.',
  '1297': 'Přílohy jsou příliš malé, zprávu pošlete jako běžnou.',
  '1298': 'Příliš mnoho souběžných požadavků na velkoobjemové zprávy.',
  '1299': 'Příloha tohoto čísla neexistuje.',
  '1283': 'Velkoobjemovou zprávu nelze poslat více adresátům.',
  '1285': 'Zprávu s externí přílohou je nutné poslat jako velkoobjemovou.',
  '2003': 'Očekává se začátek elementu.',
  '2004': 'Očekává se konec elementu.',
  '2005': 'Očekává se text.',
  '2006': 'Neznámá operace.',
  '2007': 'Požadavek není správné XML.',
  '2010': 'Chybná struktura přílohy.',
  '2011': 'Identifikátor datové schránky není platný.',
  '2015': 'Neznámý typ schránky.',
  '2016': 'Chybné IČO.',
  '2017': 'Chybný zápis data.',
  '2018': 'Chybný zápis logické hodnoty.',
  '2019': 'Chybný zápis čísla zprávy.',
  '2020': 'Předčasný konec vícedílného obsahu.',
  '2032': 'Zpráva nemá žádnou přílohu.',
  '2033': 'Příloha má nepovolený atribut nebo jeho hodnotu.',
  '2034': 'Atribut přílohy má nepovolenou předponu.',
  '2035': 'Příloze chybí typ MIME.',
  '2036': 'Příloze chybí název souboru.',
  '2042': 'Chybný parametr.',
  '2046': 'Antivirová kontrola neskončila včas.',
  '2102': 'Službu nelze volat při přihlášení spisovou službou.',
  '3005': 'Zprávu stáhněte později.',
  '3006': 'Zprávy se nepodařilo doručit v časovém limitu, zopakujte operaci.',
  '3008': 'Schránka má příliš mnoho souběžných požadavků.',
  '3009': 'Účet je v omezeném režimu a jeho jiný požadavek se právě zpracovává.',
  '3013': 'Práce s velkoobjemovými zprávami je dočasně pozastavena.',
  '5001': 'Datová schránka nenalezena.',
  // Recorded with an empty text (isds §9).
  '9005': '',
};

/** The text of a code; what is not in the table is named by its range only. */
function statusText(code: string): string {
  return TEXTS[code] ?? `Operace skončila stavem ${code}.`;
}

/** A code with the words of ISDS. */
export interface Status {
  readonly code: string;
  readonly text: string;
}

/** The code with the words that ISDS has for it. */
export function statusOf(code: string): Status {
  return { code, text: statusText(code) };
}

export const DONE = statusOf('0000');

/** Ends an operation with a status; the detail replaces or follows the text where ISDS says more. */
export class StatusRefusal extends Error {
  readonly code: string;

  constructor(code: string, text: string = statusText(code)) {
    super(text);
    this.code = code;
  }
}
