/** ChangeISDSPassword, with the rules for new passwords (isds §2.2). A real ISDS needs some 15 s until the new one works everywhere. */
import { Secret } from '../../core/index.ts';
import { requiredChild, textOf } from '../fields.ts';
import { sequence } from '../sequence.ts';
import { StatusRefusal } from '../status.ts';
import type { Operation } from './operation.ts';

const MIN_LENGTH = 8;
const MAX_LENGTH = 64;
const FORBIDDEN = /[^a-zA-Z0-9 !#$%&()*+,\-.:=?@[\]_{|}~]/;
const CLASSES = [/[a-z]/, /[A-Z]/, /[0-9]/];
const THREE_ALIKE = /(.)\1\1/;
const TRIVIAL = /^(?:qwert|asdgf|asdfg|12345)/i;

export const changePassword: Operation = {
  service: 'DsManage',
  input: sequence('dbOldPassword dbNewPassword'),
  prefix: 'p',
  run: ({ login, request }) => {
    if (login.byCertificate === true) throw new StatusRefusal('2102');
    const old = textOf(requiredChild(request, 'dbOldPassword'));
    const wanted = textOf(requiredChild(request, 'dbNewPassword'));
    if (login.password.reveal() !== old) throw new StatusRefusal('1090');
    const code = codeAgainst(wanted, login.name, old);
    if (code !== undefined) throw new StatusRefusal(code);
    if (login.usedPasswords?.has(wanted) === true) throw new StatusRefusal('1091');
    login.usedPasswords = new Set([...(login.usedPasswords ?? []), old]);
    login.password = new Secret(wanted);
    return [];
  },
};

function codeAgainst(password: string, name: string, old: string): string | undefined {
  if (password.length < MIN_LENGTH || password.length > MAX_LENGTH) return '1066';
  if (password === old) return '1067';
  if (FORBIDDEN.test(password)) return '1079';
  if (CLASSES.some((letters) => !letters.test(password))) return '1080';
  if (THREE_ALIKE.test(password)) return '1081';
  if (password.toLowerCase().includes(name.toLowerCase())) return '1082';
  return TRIVIAL.test(password) ? '1083' : undefined;
}
