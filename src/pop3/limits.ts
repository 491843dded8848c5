/** What a POP3 conversation may cost, each limit with its reason. */
import { HANDSHAKE_TIMEOUT_MS } from '../net/index.ts';

/** A command line has at most 255 octets, CRLF included (RFC 2449 §4). */
export const MAX_COMMAND_OCTETS = 255 - 2;
/** A SASL answer is longer than a command; this is what RFC 4954 §4.3 asks of every mail server. */
export const MAX_SASL_ANSWER_OCTETS = 12_288;
/** A reply line has at most 512 octets, CRLF included (RFC 2449 §4). */
export const MAX_REPLY_OCTETS = 512 - 2;
/** This many lines in a row that are no POP3 are a probe or a broken program (Dovecot: 10 before login). */
export const MAX_MISUSES = 10;
/** Lines before the log-in that get an -ERR, whatever for, in one session: as many as Dovecot allows. */
export const MAX_REFUSALS_BEFORE_LOGIN = 10;
/** CAPA, STLS, CAPA, AUTH and three tries of USER and PASS are eleven lines; a person types some more. */
export const MAX_COMMANDS_BEFORE_LOGIN = 30;
/** A mail program tries each mechanism once, a person mistypes twice; guessing goes on nowhere. */
export const MAX_FAILED_LOGINS = 3;
/** Mail programs open one session each, and an office may share one login; more is a fault or an attack. */
export const MAX_SESSIONS_PER_ACCOUNT = 20;
/** How long before the password's end a login begins to say so: ISDS passwords live 90 days, people go on holiday for two weeks. */
export const EXPIRY_WARNING_DAYS = 14;

/** Times in milliseconds; tests set shorter ones. */
export interface Pop3Times {
  readonly idle: number;
  /** From the connection to the log-in; without it what the listener allows. */
  readonly login?: number;
  readonly write: number;
  readonly handshake: number;
}

export const POP3_TIMES: Pop3Times = {
  /** Not less than ten minutes (RFC 1939 §3). */
  idle: 600_000,
  /** For a client to take one buffer of content (256 KiB): a modem connection of 1 KB/s still does it. */
  write: 300_000,
  handshake: HANDSHAKE_TIMEOUT_MS,
};
