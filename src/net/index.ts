/** The network: listening ports, TLS, connections with deadlines, lines and dots. */
export type { Place } from './connection-limiter.ts';
export { Connection, ConnectionLost } from './connection.ts';
export { Deadline } from './deadline.ts';
export { DotStuffer } from './dot-stuffer.ts';
export { type Line, LineReader } from './line-reader.ts';
export { HANDSHAKE_TIMEOUT_MS, listen, type Listener, type ListenerOptions } from './listener.ts';
export { LoginNetworks } from './login-networks.ts';
export { isLoopback } from './loopback.ts';
export { type KeyPair, secureContext, type TlsMaterial, tlsOptions } from './tls.ts';
