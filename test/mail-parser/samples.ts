/** Mails as programs write them (mail-clients §10), with content of our own, and a way to read them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type DraftMail, readMail } from '../../src/mail-parser/index.ts';
import { htmlThreads } from '../support/threads.ts';

/** Lines joined by CRLF, with a last one. */
export function mail(...lines: string[]): string {
  return `${lines.join('\r\n')}\r\n`;
}

/** A part: its header fields, an empty line, its body. */
export function part(headers: string[], body: string): string {
  return `${headers.join('\r\n')}\r\n\r\n${body}`;
}

export function multipart(subtype: string, ...parts: string[]): string {
  // A boundary of its own for each depth, so that nested ones never meet.
  const boundary = `=_${subtype.replace(/\W/g, '')}_${parts.join('').length}`;
  const body = parts.map((child) => `--${boundary}\r\n${child}\r\n`).join('');
  return part([`Content-Type: multipart/${subtype}; boundary="${boundary}"`], `${body}--${boundary}--\r\n`);
}

export const HEADERS = [
  'From: =?UTF-8?Q?Jan_Nov=C3=A1k?= <ab12345@schranky.example>',
  'To: urad453@schranky.example',
  'Subject: =?UTF-8?B?xb1hbG9iYSBhIHDFmcOtbG9oeQ==?=',
  'Message-ID: <prvni@schranky.example>',
  'MIME-Version: 1.0',
];

export function letter(content: string, headers: string[] = HEADERS): string {
  return `${headers.join('\r\n')}\r\n${content}`;
}

export const plain = (text: string): string => part(['Content-Type: text/plain; charset=utf-8'], text);
export const html = (text: string): string => part(['Content-Type: text/html; charset=utf-8'], text);
export const pdf = (name: string, disposition = 'attachment'): string =>
  part(
    [
      'Content-Type: application/pdf',
      `Content-Disposition: ${disposition}; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
    ],
    Buffer.from(`%PDF ${name}`).toString('base64'),
  );

/** A directory that is gone after the test. */
export function spoolDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'spool-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

export async function read(source: string | Buffer | Iterable<Buffer>): Promise<DraftMail> {
  const chunks = typeof source === 'string' || Buffer.isBuffer(source) ? [Buffer.from(source)] : source;
  const options = {
    spoolDirectory: spoolDirectory(),
    signal: new AbortController().signal,
    htmlThreads,
    account: 'ab12345',
  };
  const draft = await readMail(streamOf(chunks), options);
  onTestFinished(() => draft.dispose());
  return draft;
}

export async function* streamOf(chunks: Iterable<Buffer>): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Promise.resolve(chunk);
}

/** Names and contents of the attachments, in their order. */
export async function contents(draft: DraftMail): Promise<[string, string][]> {
  const files: [string, string][] = [];
  for (const file of draft.files) files.push([file.name, (await bytes(file.open())).toString()]);
  return files;
}

export async function bytes(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export const names = (draft: DraftMail): string[] => draft.files.map((file) => file.name);
