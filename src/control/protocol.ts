/** What the operator's commands and the running gateway say to each other: one JSON line there, one back. */
import { z } from 'zod';

/** Asks for nothing that a password would be needed for; the socket is open to the gateway's own user only. */
export const requestSchema = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('health') }),
  z.strictObject({ command: z.literal('pickup'), account: z.string().min(1) }),
  z.strictObject({ command: z.literal('logins') }),
  // Without an account, of everybody.
  z.strictObject({ command: z.literal('forgive'), account: z.string().min(1).optional() }),
  z.strictObject({ command: z.literal('deliveries'), account: z.string().min(1).optional(), limit: z.int().min(1) }),
]);
export type ControlRequest = z.output<typeof requestSchema>;

const deliverySchema = z.object({
  at: z.number(),
  account: z.string(),
  sessionId: z.string(),
  reason: z.string(),
  outcome: z.enum(['listed', 'failed', 'refused']).or(z.undefined()).optional(),
  delivered: z.array(z.string()).readonly(),
  fiction: z.array(z.string()).readonly(),
  elsewhere: z.array(z.string()).readonly(),
  unknown: z.array(z.string()).readonly(),
});

const restraintSchema = z.object({
  what: z.string(),
  account: z.string(),
  network: z.string().optional(),
  until: z.number().optional(),
});

export const answerSchema = z.union([
  z.object({ listening: z.boolean(), fault: z.string().optional() }),
  z.object({ restraints: z.array(restraintSchema) }),
  z.object({ forgiven: z.string() }),
  z.object({ deliveries: z.array(deliverySchema) }),
  z.object({ permitted: z.string() }),
  z.object({ error: z.string() }),
]);
export type ControlAnswer = z.output<typeof answerSchema>;

/** Longest line in either direction; a thousand deliveries of ten messages each stay below it. */
export const MAX_LINE_OCTETS = 1_000_000;
