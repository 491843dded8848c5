/** Settings of the set-up service and of what it announces. */
import { isIPv4, isIPv6 } from 'node:net';
import { z } from 'zod';
import { domain, port } from './setting-values.ts';

const ADDRESS_BITS = { ipv4: 32, ipv6: 128 };

const proxy = z.string().refine(isNetwork, 'must be an IP address or a network such as 10.0.0.0/8');

export const setup = z.strictObject({
  host: z.string().min(1).default('0.0.0.0').describe('Address on which the set-up service listens.'),
  httpPort: port
    .optional()
    .describe('Port of the set-up service without TLS, usually 80; there is none if it is not set.'),
  httpsPort: port.optional().describe('Port of the set-up service with TLS, usually 443; there is none if not set.'),
  trustedProxies: z
    .array(proxy)
    .default([])
    .describe('Reverse proxies, addresses or networks, whose X-Forwarded-For and X-Forwarded-Proto are believed.'),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where people reach the set-up service; https://<domain> if not set.'),
  pop3Host: domain.optional().describe('Public name of the POP3 server; pop3.<domain> if not set.'),
  pop3Port: port.optional().describe('Public port for POP3 with TLS; pop3.tlsPort if not set.'),
  smtpHost: domain.optional().describe('Public name of the SMTP server; smtp.<domain> if not set.'),
  smtpPort: port.optional().describe('Public port for SMTP with TLS; smtp.tlsPort if not set.'),
  pacc: z
    .enum(['serve', 'omit'])
    .default('serve')
    .describe(
      'Whether to describe the service as the PACC draft of the IETF says, which may still change: serve or omit.',
    ),
});

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...surplus] = text.split('/');
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  if (surplus.length > 0 || (family === 'ipv6' && !isIPv6(address))) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= ADDRESS_BITS[family]);
}
