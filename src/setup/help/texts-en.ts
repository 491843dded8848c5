/** The help page in English. */
import type { HelpTexts } from './texts.ts';

export const english: HelpTexts = {
  title: 'Your data box in a mail program',
  lead: 'Read and send data messages in your own mail program. All it takes is the user name and password of your data box.',
  otherLanguage: 'Česky',
  address: {
    label: 'Your data box user name',
    hint: 'It is put into the guides below. Only this gateway learns it, and only for the QR code and the profile; the password is not asked for here.',
    wrong: 'Enter the user name alone, or name@{domain}.',
    example: 'user-name',
  },
  values: {
    heading: 'Settings for any program',
    userName: 'E-mail address and user name',
    userNameNote: 'They are the same, for receiving and for sending.',
    password: 'Password',
    passwordNote:
      'That of your data box. It usually expires after 90 days; the portal lets you make it last. When you change it, change it in the program as well.',
    receiving: 'Receiving (POP3)',
    sending: 'Sending (SMTP)',
    server: 'Server',
    port: 'Port',
    security: 'Security',
    or: 'or {port} with STARTTLS',
    copy: 'Copy',
    copied: 'Copied',
  },
  profile: {
    heading: 'iPhone, iPad and Mac',
    link: 'Download the configuration profile',
    steps: [
      'Download the profile in Safari and allow the download.',
      'iPhone and iPad: open Settings → Profile Downloaded → Install. Mac: System Settings → Device Management.',
      'Enter the password of your data box. The profile does not contain it.',
      'In the account’s settings make sure that messages are never removed from the server.',
    ],
  },
  qr: {
    heading: 'Go on with your phone',
    text: 'Point the phone’s camera at the code: it opens this page, with your name if you have filled it in.',
    alternative: 'QR code with the address of this page',
  },
  guides: {
    heading: 'Guides',
    list: [
      {
        program: 'Thunderbird on a computer',
        steps: [
          'Menu → New Account → Email.',
          'Enter your name, the address {address} and the password. The program finds the servers itself.',
          'Account Settings → Server Settings: keep “Leave messages on server” and leave “For at most … days” off.',
        ],
      },
      {
        program: 'Outlook for Windows (classic)',
        steps: [
          'Control Panel → Mail → Email Accounts → New → Manual setup → POP or IMAP.',
          'Account type POP3, incoming server {pop3}, outgoing server {smtp}, user name {address}.',
          'Leave Secure Password Authentication (SPA) off.',
          'More Settings: the outgoing server requires authentication like the incoming one; ports {pop3Port} and {smtpPort}, encryption SSL/TLS; server timeout at least 3 minutes.',
          'Leave a copy on the server: yes; remove after 14 days: no.',
          'Write messages as HTML or plain text, not as Rich Text.',
        ],
      },
      {
        program: 'New Outlook for Windows',
        steps: [
          'Add account → enter {address} → choose provider → POP.',
          'Fill in the settings above, SSL/TLS for receiving and for sending.',
        ],
        caution:
          'New Outlook and Outlook on phones may hand passwords and mail to Microsoft’s cloud. For a data box we recommend another program.',
      },
      {
        program: 'Apple Mail without the profile',
        steps: [
          'iPhone: Settings → Apps → Mail → Accounts → Add Account → Other → Add Mail Account. Choose the POP tab.',
          'Mac: Mail → Add Account → Other Mail Account; after the search has failed choose the type POP.',
          'Fill in the settings above.',
        ],
      },
      {
        program: 'Thunderbird and K-9 on Android',
        steps: [
          'Enter {address}. The program looks for IMAP only and offers manual settings; choose POP3.',
          'Receiving {pop3}, SSL/TLS, {pop3Port}. Sending {smtp}, SSL/TLS, {smtpPort}, normal password.',
          'Leave deleting from the server off.',
        ],
      },
      {
        program: 'FairEmail',
        steps: [
          'Main menu → Settings → Manual setup and more options → Accounts → Add → POP3.',
          'Add an identity for sending: {smtp}, SSL/TLS, {smtpPort}.',
          'Turn on “Leave messages on server”.',
        ],
      },
      {
        program: 'Seznam E-mail',
        steps: [
          'Settings → Linked mailboxes (Propojení schránek) → Add → Other.',
          'POP3 server {pop3}, port {pop3Port}, encrypted, user name {address}; keep a copy on the server.',
        ],
        caution:
          'Seznam stores the password of your data box and picks up whenever it likes; every pick-up delivers. Only for those who really want that.',
      },
      {
        program: 'Gmail',
        steps: ['Gmail on the web stopped fetching from other POP3 mailboxes in 2026. Use another program.'],
        caution:
          '“Send mail as” does not work: Gmail mails a code to the address, and nothing from the internet is delivered there.',
      },
    ],
  },
  law: {
    heading: 'Fetching mail delivers it',
    paragraphs: [
      'At the moment a program asks for new mail, every message waiting in the box counts as delivered and time limits begin, just as after logging in on the portal (Act 300/2008 Coll., § 17(3)). That is so even when the program asks by itself and nobody sits in front of it.',
      'Reading older messages, sending, logging in and this page deliver nothing.',
      'A message from an authority that is not picked up usually counts as delivered on the tenth day after its arrival.',
      'Deleting in the program only hides a message from this account; it stays in the box. ISDS, however, erases the content of messages 90 days after they were picked up, so keep a backup.',
    ],
  },
  pickup: {
    heading: 'When mail is picked up',
    here: {
      always: 'This gateway picks up whenever a program asks for mail.',
      onPoll: 'This gateway picks up whenever a program asks for mail, but at most once in {interval} min.',
      windows:
        'This gateway picks up only on the days and hours its administrator has set, and never on public holidays.',
      manual: 'This gateway picks up only when told to.',
    },
    chosen: 'The administrator of the gateway chooses it with the setting {setting}, the same for all accounts:',
    choices: [
      {
        policy: 'onPoll',
        meaning: 'whenever a program asks: for those who want mail at once and watch the time limits',
      },
      {
        policy: 'windows',
        meaning: 'only on certain days and hours: for an office where somebody really reads mail then',
      },
      { policy: 'manual', meaning: 'only when told to: for those who want to decide on each delivery themselves' },
    ],
    advice: [
      'If time limits are not to begin at a weekend or on holiday, and the administrator has not set it so, turn automatic checking off in the program.',
      'A mail to {pickup} allows one pick-up; it happens when mail is fetched next.',
      'Every pick-up is on record: when, who, and which messages it delivered.',
    ],
  },
  writing: {
    heading: 'Sending a message',
    points: [
      'To: the box ID and the gateway’s domain, for example {example}. The gateway does not send to ordinary e-mail addresses.',
      'The subject becomes the annotation (“Věc”), files become attachments, the text a PDF. Replying to a received message works, too.',
      'Up to fifty recipients, each of whom gets a message of their own. If one cannot be reached, a mail tells you.',
      'The organisation’s number (IČO) does instead of the box ID: {ico}. For personal delivery and to somebody’s attention: {options}.',
      'Messages to and from authorities are free, those between companies and people are paid. A program shows the price only if it shows what the server answers.',
      'When the program says that it was sent, the message is in ISDS. Sending the same again makes no second message.',
      'The program does not show whether and when a sent message was delivered; the portal of data boxes has the delivery receipt.',
    ],
  },
};
