/** Lists of messages; the list of received ones is the only operation that delivers (isds §3.1, §4.1). */
import { envelopeAttributes, writeEnvelope, writeTimes } from '../envelope-xml.ts';
import { integerField, textField, timeField } from '../fields.ts';
import { deliverByLogin } from '../login-delivery.ts';
import { asSenderSees, type Message } from '../message.ts';
import { sequence } from '../sequence.ts';
import { StatusRefusal } from '../status.ts';
import type { XmlElement } from '../xml-reader.ts';
import type { Pieces, XmlWriter } from '../xml-writer.ts';
import { formatTime } from '../czech-time.ts';
import { type Operation, requirePermission } from './operation.ts';

const DEFAULT_LIMIT = 1_000;
const ALL_STATES = '-1';
/** Whatever the filter says, a list of received messages has no others (isds §4.1). */
const RECEIVED_STATES: readonly number[] = [4, 5, 6, 7, 10];
/** Erased messages are in no list; sent ones show all other states (isds §3.4). */
const SENT_STATES: readonly number[] = [1, 2, 3, 4, 5, 6, 8, 10];
/** GetMessageStateChanges looks back so far (isds §7.2). */
const CHANGES_KEPT = 15 * 86_400_000;

export const listReceived: Operation = {
  service: 'dx',
  input: sequence('dmFromTime dmToTime dmRecipientOrgUnitNum dmStatusFilter dmOffset dmLimit'),
  prefix: 'q',
  watched: true,
  restrictable: true,
  run: (call) => {
    requirePermission(call, 'viewInfo');
    const query = readQuery(call.request);
    // A login that may read nothing lists without delivering; range and filter limit what is shown, not what is delivered (isds §3.2).
    deliverByLogin(call.world, call.login);
    const messages = call.world.messagesOf(call.box.id, 'recipient');
    return writeRecords(call.writer, select(messages, RECEIVED_STATES, query));
  },
};

export const listSent: Operation = {
  service: 'dx',
  input: sequence('dmFromTime dmToTime dmSenderOrgUnitNum dmStatusFilter dmOffset dmLimit'),
  prefix: 'q',
  watched: true,
  restrictable: true,
  run: (call) => {
    requirePermission(call, 'viewInfo');
    const messages = call.world.messagesOf(call.box.id, 'sender').map(asSenderSees);
    const query = readQuery(call.request);
    const hidden = call.world.hidesWithoutArrival && query.from > 0;
    const shown = hidden ? messages.filter(({ arrivedAt }) => arrivedAt !== undefined) : messages;
    const selected = select(shown, SENT_STATES, query);
    // Empty lists are known in three forms: an empty element, a nil one, none at all (isds §11).
    return selected.length === 0 ? [call.writer.leaf('dmRecords', undefined)] : writeRecords(call.writer, selected);
  },
};

export const stateChanges: Operation = {
  service: 'dx',
  input: sequence('dmFromTime dmToTime'),
  prefix: 'q',
  run: (call) => {
    requirePermission(call, 'viewInfo');
    const from = Math.max(timeField(call.request, 'dmFromTime') ?? 0, call.world.now() - CHANGES_KEPT);
    const to = timeField(call.request, 'dmToTime') ?? Number.POSITIVE_INFINITY;
    const messages = call.world.messagesOf(call.box.id, 'sender');
    return writeChanges(
      call.writer,
      messages.flatMap((message) => changesOf(message, from, to)),
    );
  },
};

interface Query {
  readonly from: number;
  readonly to: number;
  readonly states: bigint;
  readonly offset: number;
  readonly limit: number;
}

function readQuery(request: XmlElement): Query {
  const filter = textField(request, 'dmStatusFilter')?.trim() ?? '';
  if (filter !== ALL_STATES && !/^\d{1,9}$/.test(filter))
    throw new StatusRefusal('2042', 'Chybná hodnota dmStatusFilter.');
  const query = {
    from: timeField(request, 'dmFromTime') ?? 0,
    to: timeField(request, 'dmToTime') ?? Number.POSITIVE_INFINITY,
    // All bits of -1 are set, as in two's complement.
    states: BigInt(filter),
    offset: integerField(request, 'dmOffset') ?? 1,
    limit: integerField(request, 'dmLimit') ?? DEFAULT_LIMIT,
  };
  if (query.offset < 1 || query.limit < 0) throw new StatusRefusal('2042');
  return query;
}

function select(messages: readonly Message[], states: readonly number[], query: Query): Message[] {
  return messages
    .filter(({ state }) => states.includes(state) && (query.states & (1n << BigInt(state))) !== 0n)
    .filter(
      ({ arrivedAt, submittedAt }) =>
        (arrivedAt ?? submittedAt) >= query.from && (arrivedAt ?? submittedAt) <= query.to,
    )
    .slice(query.offset - 1, query.offset - 1 + query.limit);
}

function* writeRecords(writer: XmlWriter, messages: readonly Message[]): Pieces {
  yield writer.open('dmRecords');
  for (const [index, message] of messages.entries()) {
    const { dmType, specMessFlag } = envelopeAttributes(message);
    yield (
      writer.open('dmRecord', { dmType, dmVODZ: message.vodz ? true : undefined, specMessFlag }) +
      writer.leaf('dmOrdinal', index + 1) +
      writeEnvelope(writer, message, 0) +
      writer.leaf('dmMessageStatus', message.state) +
      writer.leaf('dmAttachmentSize', message.attachmentSize) +
      writeTimes(writer, message) +
      writer.close('dmRecord')
    );
  }
  yield writer.close('dmRecords');
}

interface Change {
  readonly dmID: string;
  readonly at: number;
  readonly state: number;
}

/** Only arrival, delivery and undeliverability are told (isds §7.2). */
function changesOf({ dmID, changes }: Message, from: number, to: number): Change[] {
  return changes
    .filter(({ at, state }) => at >= from && at <= to && [4, 5, 6, 8].includes(state))
    .map((change) => ({ dmID, ...change }));
}

function writeChanges(writer: XmlWriter, changes: readonly Change[]): string[] {
  if (changes.length === 0) return [];
  const records = changes.map(({ dmID, at, state }) => {
    const fields = writer.leaves({ dmID, dmEventTime: formatTime(at), dmMessageStatus: state });
    return writer.open('dmRecord') + fields + writer.close('dmRecord');
  });
  return [writer.open('dmRecords'), ...records, writer.close('dmRecords')];
}
