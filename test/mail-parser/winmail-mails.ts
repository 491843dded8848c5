/** Mails with a winmail.dat, as Outlook sends them. */
import { expect } from 'vitest';
import { letter, multipart, part, plain } from './samples.ts';

const base64 = (octets: Buffer): string => octets.toString('base64').replace(/.{76}/g, '$&\r\n');

export const winmail = (octets: Buffer, type = 'application/ms-tnef; name="winmail.dat"'): string =>
  part([`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64'], base64(octets));

export const withText = (octets: Buffer): string => letter(multipart('mixed', plain('Viz přílohy.'), winmail(octets)));

export const alone = (octets: Buffer): string => letter(winmail(octets));

export const unreadable = (problem: string) => ({
  reason: 'winmail-unreadable',
  facts: { file: 'winmail.dat', problem: { cs: expect.stringContaining(problem) } },
});

/** The sample of MS-OXRTFCP §3.1. */
export const RTF = Buffer.from(
  '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
  'hex',
);
export const RTF_TEXT = '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n';

export const PDF = Buffer.from('%PDF-1.7 obsah');
