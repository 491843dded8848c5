/** Which messages were erased: asked for, and picked up as a ZIP archive (isds §4.3). What is inside is not documented; the names here are ours. */
import { formatTime } from '../czech-time.ts';
import { dateField, integerField, textField } from '../fields.ts';
import { type Message, State } from '../message.ts';
import { type Sequence, sequence } from '../sequence.ts';
import { StatusRefusal } from '../status.ts';
import type { XmlElement } from '../xml-reader.ts';
import { escapeText } from '../xml-text.ts';
import { zipOf } from '../zip.ts';
import { type Call, type Operation, requirePermission } from './operation.ts';

const DAY_MS = 86_400_000;
const MAX_INTERVAL_MS = 31 * DAY_MS;
/** So long ago the end must be. */
const MIN_AGE_MS = 90 * DAY_MS;
const MAX_RECORDS = 5_000;
const TOO_MANY = 'Too many records in the specified time window.';

const KIND = 'LIST_ERASED';

/** Either a span of days or a month or year, which one sequence cannot say: the operation looks for itself. */
const INPUT: Sequence = sequence('dmFromDate? dmToDate? dmYear? dmMonth? dmMessageType dmOutFormat');

export const listOfErased: Operation = {
  service: 'dx',
  input: INPUT,
  prefix: 'q',
  run: (call) => {
    requirePermission(call, 'viewInfo');
    const { world, box, login, request, writer } = call;
    const { from, to } = readInterval(request);
    const type = textField(request, 'dmMessageType');
    const format = textField(request, 'dmOutFormat');
    if (type !== 'SENT' && type !== 'RECEIVED') throw new StatusRefusal('1264');
    if (format !== 'XML' && format !== 'CSV') throw new StatusRefusal('1265');
    if (to > world.now() - MIN_AGE_MS) throw new StatusRefusal('1266');
    const erased = world
      .messagesOf(box.id, type === 'SENT' ? 'sender' : 'recipient')
      .filter(({ state, submittedAt }) => state === State.erased && submittedAt >= from && submittedAt < to);
    const name = `erased.${format.toLowerCase()}`;
    const id = world.erasedLists.add({
      boxId: box.id,
      login: login.name,
      archive: zipOf(name, listed(erased, format)),
    });
    if (id === undefined) throw new StatusRefusal('3014');
    return [writer.leaf('asyncID', id)];
  },
};

export const pickUpAsyncResponse: Operation = {
  service: 'dx',
  input: sequence('asyncID asyncReqType'),
  prefix: 'q',
  run: ({ world, login, request, writer }: Call) => {
    if (textField(request, 'asyncReqType') !== KIND) throw new StatusRefusal('2350');
    const archive = world.erasedLists.take(textField(request, 'asyncID') ?? '', login.name);
    if (archive === undefined) throw new StatusRefusal('2351');
    return [writer.leaves({ asyncReqType: KIND, asyncResponse: archive.toString('base64') })];
  },
};

function readInterval(request: XmlElement): { from: number; to: number } {
  const year = integerField(request, 'dmYear');
  if (year === undefined) {
    const [first, last] = [dateField(request, 'dmFromDate'), dateField(request, 'dmToDate')];
    if (first === undefined || last === undefined) throw new StatusRefusal('2003');
    const [from, to] = [Date.parse(first), Date.parse(last) + DAY_MS];
    if (to - from > MAX_INTERVAL_MS || to <= from) throw new StatusRefusal('1263');
    return { from, to };
  }
  const month = integerField(request, 'dmMonth');
  if (month === undefined) return { from: Date.UTC(year, 0), to: Date.UTC(year + 1, 0) };
  return { from: Date.UTC(year, month - 1), to: Date.UTC(year, month) };
}

function listed(erased: readonly Message[], format: 'XML' | 'CSV'): Buffer {
  if (erased.length > MAX_RECORDS) return Buffer.from(TOO_MANY);
  const rows = erased.map(({ dmID, submittedAt, sender, recipient, annotation = '' }) => ({
    dmID,
    dmDeliveryTime: formatTime(submittedAt),
    dbIDSender: sender.boxId,
    dbIDRecipient: recipient.boxId,
    dmAnnotation: annotation,
  }));
  if (format === 'XML') {
    const records = rows.map(
      (row) =>
        `<record>${Object.entries(row)
          .map(([name, value]) => `<${name}>${escapeText(value)}</${name}>`)
          .join('')}</record>`,
    );
    return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><records>${records.join('')}</records>`);
  }
  return Buffer.from(rows.map((row) => `${Object.values(row).map(quoted).join(';')}\r\n`).join(''));
}

function quoted(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
