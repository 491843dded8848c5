/** Kinds of values that several settings have. */
import { z } from 'zod';

const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

export const domain = z
  .string({ error: ({ input }) => (input === undefined ? 'must be set' : 'must be text') })
  .regex(DOMAIN, 'must be a domain name in lower case');

export const port = z.int().min(0).max(65_535);

export const filePath = z.string().min(1);
