/** Who reads and writes in the benchmark: many logins of one box, each an account of its own for the gateway. */
import { demoBoxes, type LoginRecord } from '../../src/sandbox/index.ts';

export const DOMAIN = 'datovka.localhost';
export const PASSWORD = 'Zatezova-zkouska-1';
export const RECIPIENT = `${demoBoxes.office}@${DOMAIN}`;

/** A thousand sessions are twenty for each. */
const LOGINS = 50;

export const numberedLogins: readonly LoginRecord[] = Array.from({ length: LOGINS }, (_, index) => ({
  name: `bench${String(index).padStart(2, '0')}`,
  password: PASSWORD,
  boxId: demoBoxes.company,
  givenNames: 'Zátěž',
  lastName: `Číslo ${index}`,
}));
