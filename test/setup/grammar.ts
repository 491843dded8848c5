/** Documents judged by a grammar in RELAX NG: by libxml2 everywhere, and by jing, another implementation, where it is installed. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** With no argument it says how it is called, and fails. */
export const jingIsInstalled = spawnSync('jing').error === undefined;

type Grammar = 'autoconfig' | 'autodiscover';

function pathOf(grammar: Grammar): string {
  return join(import.meta.dirname, `${grammar}.rng`);
}

/** What libxml2 does not like. */
export async function complaintsOf(grammar: Grammar, document: string): Promise<string[]> {
  const { errors } = await validateXML({
    xml: { fileName: 'document.xml', contents: document },
    schema: readFileSync(pathOf(grammar), 'utf8'),
    extension: 'relaxng',
  });
  return errors.map(({ message }) => message);
}

/** What jing does not like. */
export function complaintsOfJing(grammar: Grammar, document: string): string {
  const file = join(temporaryFolder(), 'document.xml');
  writeFileSync(file, document);
  const { stdout, stderr } = spawnSync('jing', [pathOf(grammar), file], { encoding: 'utf8' });
  return `${stdout}${stderr}`.replace(JING_LIBRARIES, '');
}

/** Debian's wrapper says which optional Java libraries are not installed; that is no complaint about the document. */
const JING_LIBRARIES = /^\[warning\] .*Unable to locate .*\n/gm;
