/** Keys of the lists of tables, which stand in the file only and have no keys of their own in `configKeys`. */
import { configSchema } from '../../src/config/index.ts';

const tables: Readonly<Record<string, Readonly<Record<string, { readonly description?: string | undefined }>>>> = {
  certificates: configSchema.shape.certificates.unwrap().element.shape,
  'tls.certificates': configSchema.shape.tls.unwrap().shape.certificates.unwrap().element.shape,
};
export const tableKeys = Object.entries(tables).flatMap(([table, shape]) =>
  Object.entries(shape).map(([key, { description = '' }]) => ({ table, key, description })),
);
