/** The lists of received and of sent messages, and marking a received one as read. */
import { child, children } from '../soap/answer.ts';
import { element, elements, type Operation } from '../soap/operation.ts';
import { PLAIN_SUCCESS, type Status } from '../soap/soap.ts';
import type { Envelope, ListQuery } from '../types.ts';
import type { XmlElement } from '../xml/xml.ts';
import { MalformedXml } from '../xml/xml-text.ts';
import { readEnvelope } from './envelope.ts';

/** Delivers every waiting message that the login may read, whatever the query says (isds §3): a legal act. */
export const listReceived: Operation<ListQuery, Envelope[]> = {
  name: 'GetListOfReceivedMessages',
  service: 'dx',
  write: ({ from, to, statusFilter, limit }) =>
    elements(
      ['dmFromTime', from],
      ['dmToTime', to],
      ['dmRecipientOrgUnitNum', undefined],
      ['dmStatusFilter', statusFilter],
      // Offsets are slow and discouraged (isds §4.1).
      ['dmOffset', undefined],
      ['dmLimit', limit],
    ),
  read: readRecords,
};

/** Delivers nothing (isds §3.1); the newest first. */
export const listSent: Operation<ListQuery, Envelope[]> = {
  name: 'GetListOfSentMessages',
  service: 'dx',
  write: ({ from, to, statusFilter, limit }) =>
    elements(
      ['dmFromTime', from],
      ['dmToTime', to],
      ['dmSenderOrgUnitNum', undefined],
      ['dmStatusFilter', statusFilter],
      ['dmOffset', undefined],
      ['dmLimit', limit],
    ),
  read: readRecords,
};

/** Nobody's box is empty for a success that is not plain: the records of an empty list may be missing (isds §11.4). */
function readRecords(answer: XmlElement, { code }: Status): Envelope[] {
  const records = child(answer, 'dmRecords');
  if (records === undefined && code !== PLAIN_SUCCESS) throw new MalformedXml('no list');
  return records === undefined ? [] : children(records, 'dmRecord').map((record) => readEnvelope(record, record));
}

/** Sets state 7 and has no legal meaning (isds §5.5). */
export const markAsDownloaded: Operation<string, void> = {
  name: 'MarkMessageAsDownloaded',
  service: 'dx',
  write: (dmID) => element('dmID', dmID),
  read: () => undefined,
};
