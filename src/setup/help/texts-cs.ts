/** The help page in Czech. */
import type { HelpTexts } from './texts.ts';

export const czech: HelpTexts = {
  title: 'Datová schránka v poštovním programu',
  lead: 'Datové zprávy budete číst i posílat ve svém poštovním programu. Stačí přihlašovací jméno a heslo do datové schránky.',
  otherLanguage: 'In English',
  address: {
    label: 'Vaše přihlašovací jméno do datové schránky',
    hint: 'Doplní se do návodů níže. Z této stránky se ho dozví jen tato brána, a to teprve pro QR kód a profil; heslo se tu nezadává.',
    wrong: 'Zadejte jen přihlašovací jméno, případně jméno@{domain}.',
    example: 'přihlašovací-jméno',
  },
  values: {
    heading: 'Údaje pro každý program',
    userName: 'E-mailová adresa a uživatelské jméno',
    userNameNote: 'Jsou stejné, pro příjem i odesílání.',
    password: 'Heslo',
    passwordNote:
      'Heslo do datové schránky. Jeho platnost bývá 90 dnů; na portálu ji lze změnit na neomezenou. Po změně ho změňte i v programu.',
    receiving: 'Příjem (POP3)',
    sending: 'Odesílání (SMTP)',
    server: 'Server',
    port: 'Port',
    security: 'Zabezpečení',
    or: 'nebo {port} se STARTTLS',
    copy: 'Kopírovat',
    copied: 'Zkopírováno',
  },
  profile: {
    heading: 'iPhone, iPad a Mac',
    link: 'Stáhnout konfigurační profil',
    steps: [
      'Stáhněte profil v prohlížeči Safari a stahování povolte.',
      'iPhone a iPad: otevřete Nastavení → Profil stažen → Instalovat. Mac: Nastavení systému → Správa zařízení.',
      'Zadejte heslo do datové schránky. Profil ho neobsahuje.',
      'V nastavení účtu zkontrolujte, že se zprávy ze serveru nikdy nemažou.',
    ],
  },
  qr: {
    heading: 'Pokračovat v telefonu',
    text: 'Namiřte na kód fotoaparát telefonu: otevře se tato stránka, i s vaším jménem, pokud jste ho vyplnili.',
    alternative: 'QR kód s adresou této stránky',
  },
  guides: {
    heading: 'Návody',
    list: [
      {
        program: 'Thunderbird v počítači',
        steps: [
          'Nabídka → Nový účet → E-mail.',
          'Zadejte své jméno, adresu {address} a heslo. Servery program najde sám.',
          'Nastavení účtu → Nastavení serveru: ponechte „Ponechat zprávy na serveru“; volba „Nejvýše … dnů“ ať je vypnutá.',
        ],
      },
      {
        program: 'Outlook pro Windows (klasický)',
        steps: [
          'Ovládací panely → Pošta → E-mailové účty → Nový → Ruční nastavení → POP nebo IMAP.',
          'Typ účtu POP3, server příchozí pošty {pop3}, odchozí pošty {smtp}, uživatelské jméno {address}.',
          'Zabezpečené ověření hesla (SPA) ponechte vypnuté.',
          'Další nastavení: server odchozí pošty vyžaduje ověření stejně jako příchozí; porty {pop3Port} a {smtpPort}, šifrování SSL/TLS; časový limit serveru aspoň 3 minuty.',
          'Ponechávat kopii na serveru: ano; odebírat po 14 dnech: ne.',
          'Zprávy pište jako HTML nebo prostý text, nikoli jako RTF.',
        ],
      },
      {
        program: 'Nový Outlook pro Windows',
        steps: [
          'Přidat účet → zadejte {address} → zvolit poskytovatele → POP.',
          'Vyplňte údaje z tabulky výše, pro příjem i odesílání SSL/TLS.',
        ],
        caution:
          'Nový Outlook a Outlook v telefonu mohou předávat přihlašovací údaje i poštu cloudu Microsoftu. Pro datovou schránku doporučujeme jiný program.',
      },
      {
        program: 'Apple Mail bez profilu',
        steps: [
          'iPhone: Nastavení → Aplikace → Mail → Účty → Přidat účet → Jiný → Přidat poštovní účet. Zvolte kartu POP.',
          'Mac: Mail → Přidat účet → Jiný účet Mail; po neúspěšném hledání zvolte typ POP.',
          'Vyplňte údaje z tabulky výše.',
        ],
      },
      {
        program: 'Thunderbird a K-9 v Androidu',
        steps: [
          'Zadejte {address}. Program hledá jen IMAP a nabídne ruční nastavení; zvolte POP3.',
          'Příjem {pop3}, SSL/TLS, {pop3Port}. Odesílání {smtp}, SSL/TLS, {smtpPort}, přihlášení běžným heslem.',
          'Mazání ze serveru ponechte vypnuté.',
        ],
      },
      {
        program: 'FairEmail',
        steps: [
          'Hlavní nabídka → Nastavení → Ruční nastavení a další možnosti → Účty → Přidat → POP3.',
          'Zvlášť přidejte identitu pro odesílání: {smtp}, SSL/TLS, {smtpPort}.',
          'Zapněte „Ponechat zprávy na serveru“.',
        ],
      },
      {
        program: 'Seznam E-mail',
        steps: [
          'Nastavení → Propojení schránek → Přidat → Jiný.',
          'POP3 server {pop3}, port {pop3Port}, šifrované spojení, uživatelské jméno {address}; zapněte ponechání kopie na serveru.',
        ],
        caution:
          'Seznam si uloží vaše heslo do datové schránky a vyzvedává sám, kdy chce; každé vyzvednutí zprávy doručí. Doporučujeme jen tomu, kdo to tak opravdu chce.',
      },
      {
        program: 'Gmail',
        steps: ['Gmail na webu cizí schránky POP3 přestal v roce 2026 stahovat. Použijte jiný program.'],
        caution:
          '„Odesílat poštu jako“ nefunguje: Gmail posílá ověřovací kód na adresu, na kterou se z internetu nedá doručit.',
      },
    ],
  },
  law: {
    heading: 'Vyzvednutím se zpráva doručí',
    paragraphs: [
      'Ve chvíli, kdy se program zeptá na novou poštu, jsou všechny zprávy čekající ve schránce doručeny a začínají běžet lhůty, stejně jako po přihlášení na portálu (§ 17 odst. 3 zákona č. 300/2008 Sb.). Platí to i tehdy, když se program zeptá sám od sebe a nikdo u něj nesedí.',
      'Čtení starších zpráv, odesílání, přihlášení ani tato stránka nic nedoručují.',
      'Nevyzvednutá zpráva od úřadu je obvykle doručena fikcí desátým dnem po dodání.',
      'Smazáním v programu zprávu jen skryjete v tomto účtu, ve schránce zůstane. ISDS však obsah vyzvednutých zpráv po 90 dnech maže, proto si poštu zálohujte.',
    ],
  },
  pickup: {
    heading: 'Kdy se vyzvedává',
    here: {
      always: 'Tato brána vyzvedává, kdykoli se program zeptá na poštu.',
      onPoll: 'Tato brána vyzvedává, kdykoli se program zeptá na poštu, nejvýše však jednou za {interval} min.',
      windows: 'Tato brána vyzvedává jen v určené dny a hodiny, které nastavil její správce, a nikdy o svátcích.',
      manual: 'Tato brána vyzvedává jen na pokyn.',
    },
    chosen: 'Volí to správce brány nastavením {setting}, pro všechny účty stejně:',
    choices: [
      { policy: 'onPoll', meaning: 'při každém dotazu programu: pro toho, kdo chce poštu hned a lhůty si hlídá' },
      {
        policy: 'windows',
        meaning: 'jen v určené dny a hodiny: pro úřad nebo firmu, kde tehdy někdo poštu opravdu čte',
      },
      { policy: 'manual', meaning: 'jen na pokyn: pro toho, kdo chce o každém doručení rozhodnout sám' },
    ],
    advice: [
      'Nechcete-li, aby lhůty začínaly o víkendu nebo o dovolené, a správce to nenastavil, vypněte v programu automatické stahování pošty.',
      'Pokyn k jednomu vyzvednutí dáte e-mailem na adresu {pickup}; vyzvedne se při příštím stažení pošty.',
      'Každé vyzvednutí je zapsáno: kdy, kdo a které zprávy doručilo.',
    ],
  },
  writing: {
    heading: 'Jak zprávu poslat',
    points: [
      'Komu: ID schránky a doména brány, například {example}. Na běžné e-mailové adresy brána neposílá.',
      'Předmět se stane věcí zprávy, soubory přílohami, text souborem PDF. Stačí také odpovědět na přijatou zprávu.',
      'Adresátů smí být až padesát, každý dostane vlastní zprávu. Nepodaří-li se ji někomu poslat, přijde vám o tom zpráva.',
      'Místo ID schránky stačí IČO: {ico}. Do vlastních rukou a k rukám: {options}.',
      'Zprávy úřadům a od úřadů jsou zdarma, mezi firmami a lidmi placené. Program ukáže cenu, jen pokud umí zobrazit odpověď serveru.',
      'Když program ohlásí, že je odesláno, zpráva je v ISDS. Opakované odeslání téhož druhou zprávu nevytvoří.',
      'Zda a kdy byla odeslaná zpráva doručena, program neukáže; doručenku stáhnete na portálu datových schránek.',
    ],
  },
};
