/** What makes a ZIP archive read differently by different programs, or not at all; and how the sender is told. */

export const faultWords = {
  truncated: 'není úplný',
  'trailing-data': 'za jeho koncem jsou další data',
  'leading-data': 'před jeho začátkem jsou další data',
  'two-directories': 'má dva seznamy souborů, které si mohou odporovat',
  'directory-contradictory': 'jeho seznam souborů si odporuje',
  'headers-contradictory': 'údaje o souboru v seznamu a u souboru se liší',
  'sizes-forged': 'udává u souboru jinou velikost, než jakou má',
  overlap: 'jeho soubory se překrývají',
  'hidden-data': 'mezi soubory jsou data, která seznam neuvádí',
  'names-ambiguous': 'některý soubor má dvě různá jména nebo dva soubory stejné',
  'data-damaged': 'obsah některého souboru nelze rozbalit',
} as const;

/** `split` stands apart: it has a refusal and a remedy of its own. */
export type ZipFault = keyof typeof faultWords | 'split';
