/** What makes a ZIP archive read differently by different programs, or not at all; and how the sender is told. */
import type { Words } from '../../refusals/index.ts';

export const faultWords = {
  truncated: { cs: 'není úplný', en: 'it is not complete' },
  'trailing-data': { cs: 'za jeho koncem jsou další data', en: 'there is more data behind its end' },
  'leading-data': { cs: 'před jeho začátkem jsou další data', en: 'there is more data before its beginning' },
  'two-directories': {
    cs: 'má dva seznamy souborů, které si mohou odporovat',
    en: 'it has two lists of files, which may contradict each other',
  },
  'directory-contradictory': { cs: 'jeho seznam souborů si odporuje', en: 'its list of files contradicts itself' },
  'headers-contradictory': {
    cs: 'údaje o souboru v seznamu a u souboru se liší',
    en: 'what the list and the file itself say about a file differs',
  },
  'sizes-forged': {
    cs: 'udává u souboru jinou velikost, než jakou má',
    en: 'it gives a size for a file that is not the true one',
  },
  overlap: { cs: 'jeho soubory se překrývají', en: 'its files overlap' },
  'hidden-data': {
    cs: 'mezi soubory jsou data, která seznam neuvádí',
    en: 'there is data between the files that the list does not mention',
  },
  'names-ambiguous': {
    cs: 'některý soubor má dvě různá jména nebo dva soubory stejné',
    en: 'a file has two different names, or two files have the same',
  },
  'data-damaged': { cs: 'obsah některého souboru nelze rozbalit', en: 'the content of a file cannot be unpacked' },
} as const satisfies Record<string, Words>;

/** `split` stands apart: it has a refusal and a remedy of its own. */
export type ZipFault = keyof typeof faultWords | 'split';
