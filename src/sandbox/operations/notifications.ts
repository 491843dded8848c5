/** Notifications: what arrived in the last three days, told to certificate logins without delivering it (isds §4.4). */
import type { Login } from '../box.ts';
import { formatTime } from '../czech-time.ts';
import { integerField, textField, timeField } from '../fields.ts';
import type { Message } from '../message.ts';
import { sequence } from '../sequence.ts';
import { StatusRefusal } from '../status.ts';
import type { XmlElement } from '../xml-reader.ts';
import type { Pieces, XmlWriter } from '../xml-writer.ts';
import type { Operation } from './operation.ts';

const KEPT_MS = 3 * 86_400_000;

/** The only kind there is: a message arrived. */
const ARRIVED = 1;

export const registerForNotifications: Operation = {
  service: 'dx',
  input: sequence('action'),
  prefix: 'q',
  run: ({ world, login, request }) => {
    requireCertificate(login);
    const { registrations } = world;
    const registered = registrations.has(login.name);
    const action = integerField(request, 'action');
    if (action === 1 && registered) throw new StatusRefusal('1269');
    if (action === 0 && !registered) throw new StatusRefusal('1270');
    if (action === 1) registrations.set(login.name, world.now());
    else if (action === 0) registrations.delete(login.name);
    else throw new StatusRefusal('2042');
    return [];
  },
};

export const listNotifications: Operation = {
  service: 'dx',
  input: sequence('ntfFromTime ntfScope'),
  prefix: 'q',
  run: ({ world, login, box, request, writer }) => {
    requireCertificate(login);
    const from = readQuery(request, world.now());
    const registeredAt = world.registrations.get(login.name);
    if (registeredAt === undefined) throw new StatusRefusal('1273');
    // Only what arrived after the registration is noted, and not what became of it.
    const noted = world
      .messagesOf(box.id, 'recipient')
      .filter(({ arrivedAt }) => arrivedAt !== undefined && arrivedAt >= from && arrivedAt >= registeredAt)
      .toReversed();
    return writeNotifications(writer, noted, world.notificationsPerPage);
  },
};

function requireCertificate({ byCertificate }: Login): void {
  if (byCertificate !== true) throw new StatusRefusal('1004');
}

/** All boxes are for the access interface only, which the sandbox does not have. */
function readQuery(request: XmlElement, now: number): number {
  const scope = textField(request, 'ntfScope')?.trim();
  if (scope === 'ALL') throw new StatusRefusal('1271');
  if (scope !== 'SINGLE_BOX') throw new StatusRefusal('2042');
  const from = timeField(request, 'ntfFromTime');
  if (from === undefined) throw new StatusRefusal('2017');
  if (from < now - KEPT_MS) throw new StatusRefusal('1272');
  return from;
}

function* writeNotifications(writer: XmlWriter, noted: readonly Message[], limit: number): Pieces {
  yield writer.open('ntfRecords');
  for (const message of noted.slice(0, limit)) {
    const fields = writer.leaves({
      ntfType: ARRIVED,
      dmID: message.dmID,
      dmPersonalDelivery: message.personalDelivery === true ? 1 : 0,
      dmDeliveryTime: formatTime(message.arrivedAt ?? message.submittedAt),
      dbIDRecipient: message.recipient.boxId,
      dmAnnotation: message.annotation ?? '',
      dbIDSender: message.sender.boxId,
      dmSender: message.sender.name,
    });
    yield writer.open('ntfRecord') + fields + writer.close('ntfRecord');
  }
  yield writer.close('ntfRecords') + writer.leaf('ntfListContinues', noted.length > limit);
}
