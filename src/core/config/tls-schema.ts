/** Settings of the certificates that mail programs see. */
import { z } from 'zod';
import { Secret } from '../secret.ts';
import { filePath } from './setting-values.ts';

const certificate = z.strictObject({
  certificateFile: filePath.describe('PEM file with the certificate chain.'),
  keyFile: filePath.describe('PEM file with its private key.'),
});

export const tls = z
  .strictObject({
    certificateFile: filePath
      .optional()
      .describe(
        'PEM file with the certificate chain. Without one, a self-signed certificate is made, on loopback only.',
      ),
    keyFile: filePath.optional().describe('PEM file with the private key.'),
    key: z
      .string()
      .transform((pem) => new Secret(pem))
      .optional()
      .describe('The private key itself in PEM, meant for the environment; not together with keyFile.'),
    certificates: z
      .array(certificate)
      .default([])
      .describe(
        'More certificates, a table for each: a client gets the one for the name that it asks for, otherwise the first.',
      ),
  })
  .refine((value) => value.keyFile === undefined || value.key === undefined, {
    path: ['key'],
    message: 'must not be set together with keyFile',
  })
  .refine(
    (value) => (value.certificateFile === undefined) === (value.keyFile === undefined && value.key === undefined),
    { path: ['certificateFile'], message: 'must be set together with keyFile or key' },
  );
