/** An ISDS of our own, written from the facts alone, for trying the gateway out and for judging it in tests. */
export { BoxState, EVERY_PERMISSION, Permission } from './box.ts';
export type { Address, Box, BoxType, Login } from './box.ts';
export type { CallRecord, RecordedCall } from './calls.ts';
export { type Content, octetsOf, type StoredContent } from './content.ts';
export { demoBoxes, type DemoLogin, demoLogins, demoPopulation } from './demo/index.ts';
export type { Fault, FaultKind, FaultPlan } from './faults.ts';
export { ADDRESS_BLOCK_MS, ADDRESS_FAILURES, LOGIN_BLOCK_MS, LOGIN_FAILURES, type LoginGuard } from './login-guard.ts';
export { type Message, type MessageFile, State } from './message.ts';
export type { BoxRecord, Letter, LoginRecord, Population } from './population.ts';
export { type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts';
export type { SystemCertificate } from './system-certificate.ts';
export { MAX_PARALLEL } from './traffic.ts';
export type { World } from './world.ts';
