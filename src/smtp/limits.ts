/** Times and counts that bound what a connection may cost. */

/** RFC 5321 §4.5.3.2.7 asks servers to wait five minutes for the next command or block of data. */
export const IDLE_MS = 5 * 60_000;

/** The largest mail, 138 MB, at 0.6 megabits a second; an ordinary one of 28 MB may come five times as slowly. */
export const DATA_DEADLINE_MS = 30 * 60_000;

/** Mail programs keep a connection for seconds (mail-clients §9.1), large mails for half an hour; only a message under way may outlast this. */
export const SESSION_MS = 60 * 60_000;

/** Thunderbird tries PLAIN, then LOGIN, and both once more when its user says Retry; an odd number would cut a pair in two. */
export const MAX_FAILED_LOGINS = 4;

/** Replies from 400 on before the log-in, whatever for; as many as POP3 allows. */
export const MAX_REFUSALS_BEFORE_LOGIN = 10;

/** Greeting, EHLO, STARTTLS, EHLO and four tries of LOGIN with its two prompts are sixteen replies; a person types some more. */
export const MAX_REPLIES_BEFORE_LOGIN = 40;

/** Recipients refused for good in one session; a list of fifty may be wrong from end to end, more is probing. */
export const MAX_REFUSED_RECIPIENTS = 50;

/** The same of one account within the window, over all its sessions: two lists that are wrong from end to end. */
export const MAX_REFUSED_RECIPIENTS_PER_ACCOUNT = 100;
export const REFUSED_RECIPIENTS_WINDOW_MS = 60 * 60_000;

/** How many times the message limit is read and thrown away before the connection is cut: a polite answer has its price. */
export const DISCARD_FACTOR = 4;

/** Names of parts left out that a success reply repeats; more than these are logos of a long thread. */
export const MAX_NAMES_LEFT_OUT = 10;

/** Recipients of one mail: as many as one CreateMultipleMessage takes (isds §6.2), and below the hundred of RFC 5321 §4.5.3.1.8. */
export const MAX_RECIPIENTS = 50;
