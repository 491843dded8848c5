/** Settings of the certificates that mail programs see. */
import { z } from 'zod';
import { Secret } from '../core/index.ts';
import { domain, filePath } from './setting-values.ts';

const certificate = z.strictObject({
  certificateFile: filePath.describe('PEM file with the certificate chain.'),
  keyFile: filePath.describe('PEM file with its private key.'),
});

const acme = z
  .strictObject({
    directoryUrl: z
      .url({ protocol: /^https$/, error: 'must be a URL that begins with https://' })
      .optional()
      .describe(
        'Directory of an authority that issues certificates by ACME over HTTP, for example https://acme-v02.api.letsencrypt.org/directory; needs setup.httpPort, which the authority must reach as port 80.',
      ),
    agreeToTerms: z
      .enum(['yes', 'no'])
      .default('no')
      .describe('"yes" says that you have read the terms of the authority and agree to them.'),
    email: z.email().optional().describe('Where the authority may write to.'),
    domains: z
      .array(domain)
      .default([])
      .describe(
        'Names for the certificate; if there are none, those that programs look for and no certificate file has.',
      ),
    caFile: filePath.optional().describe('PEM file with certificates by which the authority itself is trusted.'),
  })
  .refine((value) => value.directoryUrl === undefined || value.agreeToTerms === 'yes', {
    path: ['agreeToTerms'],
    message: 'must be "yes": read the terms of the authority',
  });

export const tls = z
  .strictObject({
    certificateFile: filePath
      .optional()
      .describe(
        'PEM file with the certificate chain. With no certificate at all, a self-signed one is made, on loopback only.',
      ),
    keyFile: filePath.optional().describe('PEM file with the private key.'),
    key: z
      .string()
      .min(1)
      .transform((pem) => new Secret(pem))
      .optional()
      .describe('The private key itself in PEM, meant for the environment; not together with keyFile.'),
    certificates: z
      .array(certificate)
      .default([])
      .describe(
        'More certificates, a table for each: a client gets the one for the name that it asks for, otherwise the first.',
      ),
    acme: acme.prefault({}),
  })
  .refine((value) => value.keyFile === undefined || value.key === undefined, {
    path: ['key'],
    message: 'must not be set together with keyFile',
  })
  .refine(
    (value) => (value.certificateFile === undefined) === (value.keyFile === undefined && value.key === undefined),
    { path: ['certificateFile'], message: 'must be set together with keyFile or key' },
  );
