/** Reads a whole box with Python's poplib: for poplib's own tests, and as the other end of a letter that was sent. */
import { type Account, type House } from './house.ts';
import { python } from './programs.ts';
import { READ_ALL } from './python.ts';

/** The mails by UIDL, oldest first. */
export async function readBox(
  house: House,
  account: Account,
  mode: 'tls' | 'starttls' = 'tls',
): Promise<ReadonlyMap<string, Buffer>> {
  const { stdout, said, code } = await python(READ_ALL, { ...house.facts(account), mode }, house.home);
  if (code !== 0) throw new Error(said);
  const found = JSON.parse(stdout.toString()) as [uid: string, mail: string][];
  return new Map(found.map(([uid, mail]) => [uid, Buffer.from(mail, 'base64')]));
}
