/** The official schemas of ISDS, which are not ours to pass on: used where they lie beside the repository, in ../shared/isds. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { memoryPages, validateXML } from 'xmllint-wasm';

const SHARED = join(dirname(fileURLToPath(import.meta.url)), '../../shared/isds');

/** Folders of the two versions that are in use (isds §10). */
export const SCHEMA_VERSIONS = ['wsdl', 'wsdl-3.11'] as const;
export const schemasAreThere = SCHEMA_VERSIONS.every((version) => existsSync(join(SHARED, version, 'dmBaseTypes.xsd')));

/** The WSDL and the schemas of the newer version. */
export const SCHEMA_FOLDER = join(SHARED, SCHEMA_VERSIONS[0]);

type SchemaFile = 'dmBaseTypes.xsd' | 'dbTypes.xsd';

/** What the schema finds wrong with the documents. */
export async function schemaErrors(
  version: (typeof SCHEMA_VERSIONS)[number],
  file: SchemaFile,
  documents: readonly string[],
): Promise<string[]> {
  const schema = readFileSync(join(SHARED, version, file), 'utf8');
  const xml = documents.map((contents, index) => ({ fileName: `document-${index}.xml`, contents }));
  const { errors } = await validateXML({ xml, schema, maxMemoryPages: memoryPages.GiB });
  return errors.map(({ rawMessage }) => rawMessage);
}
