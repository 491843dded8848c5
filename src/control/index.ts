/** How the operator's commands reach the running gateway, which owns the store alone. */
export { askControl } from './client.ts';
export type { ControlAnswer, ControlRequest } from './protocol.ts';
export { type ControlHandler, type ControlSocket, serveControl } from './server.ts';
