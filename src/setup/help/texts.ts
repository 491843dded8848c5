/** What the help page says, in one language. `{name}` in a text is replaced by a value of this gateway. */

/** How one mail program is set up. */
export interface Guide {
  readonly program: string;
  readonly steps: readonly string[];
  /** A word on where this program is not the best choice. */
  readonly caution?: string;
}

/** All words of the help page in one language. */
export interface HelpTexts {
  readonly title: string;
  readonly lead: string;
  readonly otherLanguage: string;
  readonly address: { readonly label: string; readonly hint: string; readonly wrong: string; readonly example: string };
  readonly values: {
    readonly heading: string;
    readonly userName: string;
    readonly userNameNote: string;
    readonly password: string;
    readonly passwordNote: string;
    readonly receiving: string;
    readonly sending: string;
    readonly server: string;
    readonly port: string;
    readonly security: string;
    readonly or: string;
    readonly copy: string;
    readonly copied: string;
  };
  readonly profile: { readonly heading: string; readonly link: string; readonly steps: readonly string[] };
  readonly qr: { readonly heading: string; readonly text: string; readonly alternative: string };
  readonly guides: { readonly heading: string; readonly list: readonly Guide[] };
  readonly law: { readonly heading: string; readonly paragraphs: readonly string[] };
  readonly pickup: {
    readonly heading: string;
    /** `always`: on every poll, without an interval. */
    readonly here: Readonly<Record<'always' | 'onPoll' | 'windows' | 'manual', string>>;
    /** What the administrator may choose, and for whom each choice is. */
    readonly chosen: string;
    readonly choices: readonly { readonly policy: 'onPoll' | 'windows' | 'manual'; readonly meaning: string }[];
    readonly advice: readonly string[];
  };
  readonly writing: { readonly heading: string; readonly points: readonly string[] };
}
