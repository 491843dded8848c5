/** Public, or paid by somebody and by whom: dmType in words (isds §4.2). */
import type { Envelope } from '../isds/index.ts';
import { isSystemMessage } from './system-message.ts';

/** The letter of a public message; ISDS may leave it out. */
const PUBLIC = 'V';

const commercialKinds: Readonly<Record<string, string>> = {
  K: 'smluvní, platí ji odesílatel podle smlouvy',
  E: 'placená z kreditu odesílatele',
  G: 'dotovaná, platí ji někdo jiný než odesílatel',
  D: 'dotovaná, platí ji někdo jiný než odesílatel',
  Z: 'dotovaná s omezením, platí ji někdo jiný než odesílatel',
  O: 'odpovědní, zaplatil ji předem ten, komu odpovídá',
  I: 'iniciační, odpověď na ni je předplacená',
  Y: 'iniciační, předplacená odpověď už byla využita',
  X: 'iniciační, možnost předplacené odpovědi už vypršela',
  A: 'dotovaná iniciační, odpověď na ni je předplacená',
  B: 'dotovaná iniciační, předplacená odpověď už byla využita',
  C: 'dotovaná iniciační, možnost předplacené odpovědi už vypršela',
};

/** The letter for filters; undefined when ISDS told nothing of the message. */
export function kindLetter({ type, state }: Envelope): string | undefined {
  return type ?? (state === 0 ? undefined : PUBLIC);
}

/** A letter that is not known yet is a commercial message all the same. */
export function kindText(envelope: Envelope): string | undefined {
  if (isSystemMessage(envelope)) return 'systémová zpráva ISDS';
  const letter = kindLetter(envelope);
  if (letter === undefined) return undefined;
  const size = envelope.vodz ? ', velkoobjemová' : '';
  if (letter === PUBLIC) return `veřejná datová zpráva${size}`;
  const kind = Object.hasOwn(commercialKinds, letter) ? commercialKinds[letter] : undefined;
  return `poštovní datová zpráva${size}${kind === undefined ? '' : ` (${kind})`}`;
}
