/** The schema as a flat list of keys, without lists of tables, for the environment, the example file and the documentation. */
import { z } from 'zod';
import { configSchema } from './schema.ts';

export interface ConfigKey {
  /** Dotted, as in `isds.domain`. */
  readonly path: string;
  readonly type: 'string' | 'integer' | 'list';
  /** Environment variable that sets it: POSTOLKA_ISDS_DOMAIN. */
  readonly variable: string;
  readonly fallback: unknown;
  readonly description: string;
}

/** What is read of a JSON Schema. */
const jsonNode = z.object({
  type: z.string().optional(),
  default: z.unknown().optional(),
  description: z.string().optional(),
  get items() {
    return jsonNode.optional();
  },
  get properties() {
    return z.record(z.string(), jsonNode).optional();
  },
});
type JsonNode = z.output<typeof jsonNode>;

export const configKeys: readonly ConfigKey[] = flatten(
  jsonNode.parse(z.toJSONSchema(configSchema, { io: 'input' })),
  '',
  '',
);

function flatten(node: JsonNode, prefix: string, inherited: string): ConfigKey[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const description = child.description ?? inherited;
    // Tables in a list stand in the file only: no variable could name one of them.
    if (child.items?.properties !== undefined) return [];
    if (child.properties !== undefined) return flatten(child, path, description);
    return [
      {
        path,
        type: typeOf(child.type),
        variable: variableFor(path),
        fallback: child.default,
        description,
      },
    ];
  });
}

function typeOf(type: string | undefined): ConfigKey['type'] {
  if (type === 'array') return 'list';
  return type === 'integer' ? 'integer' : 'string';
}

function variableFor(path: string): string {
  const words = path.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll('.', '_');
  return `POSTOLKA_${words.toUpperCase()}`;
}
