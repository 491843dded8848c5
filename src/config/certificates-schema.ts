/** Settings of accounts that log in to ISDS with a certificate: a list of tables, so that they stand in the file only. */
import { z } from 'zod';

/** As ISDS itself names its users (isds §2.1). */
const LOGIN = /^[A-Za-z0-9._-]{6,12}$/;

const certificate = z.strictObject({
  login: z
    .string()
    .regex(LOGIN, 'must be 6 to 12 letters, digits, dots, hyphens or underscores')
    .describe('User name in the mail program, made up by you; not the login of anybody at ISDS.'),
  passwordHash: z
    .string()
    .startsWith('$scrypt$', 'must be what "postolka password" prints')
    .describe('Password in the mail program, as "postolka password" prints it.'),
  certificateFile: z.string().min(1).describe('PEM file with the system certificate that is registered to the box.'),
  keyFile: z.string().min(1).describe('PEM file with its private key.'),
});

export const certificates = z
  .array(certificate)
  .refine((list) => new Set(list.map(({ login }) => login.toLowerCase())).size === list.length, {
    message: 'must not name a login twice',
  })
  .default([])
  .describe('Accounts that log in to ISDS with a system certificate, a table for each.');
