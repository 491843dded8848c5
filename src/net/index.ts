/** The network: listening ports, TLS, connections with deadlines, lines and dots. */
export type { Place } from './admission.ts';
export { Connection, ConnectionLost } from './connection.ts';
export { Deadline, firstEvent } from './deadline.ts';
export { DotStuffer } from './dot-stuffer.ts';
export { LineReader, type Line } from './line-reader.ts';
export { HANDSHAKE_PATIENCE_MS, listen, type Listener, type ListenerOptions } from './listener.ts';
export { LoginNetworks } from './login-networks.ts';
export { isLoopback } from './loopback.ts';
export { selfSigned } from './self-signed.ts';
export { followRenewal, type Renewal, TlsIdentity } from './tls-identity.ts';
export { type KeyPair, secureContext, tlsOptions, type TlsMaterial } from './tls.ts';
