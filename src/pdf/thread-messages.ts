/** What the gateway and the drawing thread say to each other. */
import type { Drawing } from './types.ts';

/** What the thread starts with. */
export type Order = Omit<Drawing, 'picture'>;

/** From the thread; `octets` and `picture` are answered before it goes on. */
export type Request =
  | { readonly kind: 'octets'; readonly octets: Uint8Array }
  | { readonly kind: 'picture'; readonly index: number }
  | { readonly kind: 'bad-picture'; readonly index: number }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'end' };

/** The picture that was asked for; nothing when octets were taken. */
export type Answer = Uint8Array | undefined;
