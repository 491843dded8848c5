/** Which messages a login may download, and with which code the others are refused (isds §5.1, §9). */
import { messageIdField } from '../fields.ts';
import { isWithheld, mayRead } from '../login-delivery.ts';
import { isWaiting, type Message, State } from '../message.ts';
import { StatusRefusal } from '../status.ts';
import { type Call, requirePermission } from './operation.ts';

/** Ordinary and large messages have services of their own; the other family refuses with 1281. */
export type Family = 'ordinary' | 'large';

/** A message that the box sent or received, in whatever state: what is told about it but not in it (viewInfo). */
export function sentOrReceived(call: Call): Message {
  requirePermission(call, 'viewInfo');
  const { world, box, request } = call;
  const message = world.findMessage(messageIdField(request));
  if (message === undefined) throw new StatusRefusal('1219');
  if (message.sender.boxId !== box.id && message.recipient.boxId !== box.id) throw new StatusRefusal('1211');
  return message;
}

/** A message of the own box, read or not. Unknown numbers are 1219, others' messages 1211; an infected one never reached the box. */
export function received({ world, box, request }: Call): Message {
  const message = world.findMessage(messageIdField(request));
  if (message === undefined) throw new StatusRefusal('1219');
  if (message.recipient.boxId !== box.id || message.state === State.infected) throw new StatusRefusal('1211');
  return message;
}

/** A received message that this login may read, its content perhaps gone. */
export function readable(call: Call): Message {
  const message = received(call);
  if (!mayRead(call.login, message)) throw new StatusRefusal(message.personalDelivery === true ? '1208' : '1207');
  if (isWaiting(message)) throw new StatusRefusal('1222');
  return message;
}

/** A received message with its content. */
export function downloadable(call: Call, family: Family): Message {
  if ((call.login.permissions & 3) === 0) throw new StatusRefusal('1207');
  if (isWithheld(call.login, received(call))) throw new StatusRefusal('1178');
  const message = readable(call);
  requireContent(message, family);
  return message;
}

/** A message that the own box sent; whether it was delivered does not matter. */
export function sent(call: Call): Message {
  const message = call.world.findMessage(messageIdField(call.request));
  if (message === undefined) throw new StatusRefusal('1219');
  if (message.sender.boxId !== call.box.id) throw new StatusRefusal('1211');
  return message;
}

/** Not stamped yet, or stopped by the antivirus program: only what has arrived can be had (isds §3.4). */
const WITHOUT_ARRIVAL: ReadonlySet<number> = new Set([State.submitted, State.stamped, State.infected]);

/** A sent message with its content, which needs the right to send (isds §5.1). */
export function downloadableSent(call: Call, family: Family): Message {
  requirePermission(call, 'send');
  const message = sent(call);
  if (WITHOUT_ARRIVAL.has(message.state)) throw new StatusRefusal('1229');
  requireContent(message, family);
  return message;
}

function requireContent(message: Message, family: Family): void {
  if (message.state === State.erased) throw new StatusRefusal('1219');
  if (message.state === State.undeliverable) throw new StatusRefusal('1230');
  if (message.vodz !== (family === 'large')) throw new StatusRefusal('1281');
}
