/** A whole gateway: builds the rooms, opens the ports, drains and stops them; knows all rooms but the sandbox. */
export { type Gateway, startGateway } from './gateway.ts';
export { spoolDirectoryOf } from './room-settings.ts';
