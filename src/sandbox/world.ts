/** The whole state of the sandbox: boxes, logins, messages. Tests reach into it directly. */
import { type Clock, Secret } from '../core/index.ts';
import { addressLine, BOX_TYPES, type Box, BoxState, EVERY_PERMISSION, type Login } from './box.ts';
import { ErasedLists } from './erased-lists.ts';
import { deliverByFiction } from './fiction.ts';
import { attachmentSize } from './files-xml.ts';
import { type Message, type Party, State } from './message.ts';
import { MessageNumbers } from './message-numbers.ts';
import type { Letter, Population } from './population.ts';
import { expireOffer } from './reply-offers.ts';
import { Spool } from './spool.ts';
import { fingerprintOf, virtualUser } from './system-certificate.ts';
import { TimeStamps } from './time-stamps.ts';
import { Uploads } from './uploads.ts';

/** Boxes of the administrator and the operator: they send system messages (isds §7.4). */
const SYSTEM_PARTIES: Readonly<Record<string, Party>> = {
  aaaaaaa: { boxId: 'aaaaaaa', name: 'Informační systém datových schránek', address: '', type: 0 },
  zzzzzzq: { boxId: 'zzzzzzq', name: 'Provozovatel datových schránek', address: '', type: 0 },
};

const ARRIVED = 'EV5: Datová zpráva byla dodána do datové schránky.';
const DESTROYED = 'EV8: Antivirový program našel hrozbu, datová zpráva nebyla dodána.';

export class World {
  readonly boxes = new Map<string, Box>();
  readonly logins = new Map<string, Login>();
  /** Virtual users by the fingerprint of the certificate that is registered to their box. */
  readonly certificates = new Map<string, Login>();
  /** Who is told of arrivals, by login, and since when (isds §4.4). */
  readonly registrations = new Map<string, number>();
  readonly uploads = new Uploads();
  readonly timeStamps = new TimeStamps();
  /** SHA-256 of everything that was sealed. */
  readonly sealed = new Set<string>();
  readonly erasedLists = new ErasedLists();
  /** Whether a list of a time hides sent messages that have no arrival yet; what ISDS does is not known (isds §4.1). */
  hidesWithoutArrival = false;
  /** Longer lists continue; a test that wants to see that says less. */
  notificationsPerPage = 10_000;
  readonly #clock: Clock;
  readonly #messages = new Map<string, Message>();
  readonly #numbers: MessageNumbers;

  constructor(population: Population, clock: Clock, firstNumber?: number) {
    this.#clock = clock;
    this.#numbers = new MessageNumbers(firstNumber);
    for (const record of population.boxes) {
      const usual = { state: BoxState.accessible, acceptsPdz: true, pdzContract: false, pdzCredit: 0, published: true };
      this.boxes.set(record.id, { ...usual, ...record });
    }
    for (const record of population.logins) {
      const usual = { permissions: EVERY_PERMISSION, passwordExpiresAt: undefined, restricted: false };
      const person = { ...usual, userType: 'PRIMARY_USER' as const, ...record };
      this.logins.set(record.name, { ...person, password: new Secret(record.password) });
    }
    for (const letter of population.letters) this.deliver(letter);
  }

  now(): number {
    return this.#clock.now();
  }

  /** A box that the test or the request is sure of. */
  box(id: string): Box {
    return known(this.boxes.get(id), `box ${id}`);
  }

  /** Lets the holder of the certificate (PEM) speak for a box. */
  registerCertificate(boxId: string, certificate: string): Login {
    const user = virtualUser(this.box(boxId).id);
    this.certificates.set(fingerprintOf(certificate), user);
    return user;
  }

  login(name: string): Login {
    return known(this.logins.get(name), `login ${name}`);
  }

  message(dmID: string): Message {
    return known(this.findMessage(dmID), `message ${dmID}`);
  }

  findMessage(dmID: string): Message | undefined {
    const message = this.#messages.get(dmID);
    if (message !== undefined) this.#letTimePass(message);
    return message;
  }

  /** Every message that the box received or sent, in any state, newest first. */
  messagesOf(boxId: string, role: 'recipient' | 'sender'): Message[] {
    const messages = [...this.#messages.values()].filter((message) => message[role].boxId === boxId);
    for (const message of messages) this.#letTimePass(message);
    // Of two with the same time the later one is the newer.
    return messages.toReversed().toSorted((one, other) => momentOf(other) - momentOf(one));
  }

  /** Puts a message into a box. */
  deliver(letter: Letter): Message {
    const { from, to, files, state = State.arrived, arrivedAt = this.now(), lineBreaks = false, ...rest } = letter;
    const arrives = state !== State.infected;
    const message: Message = {
      ...rest,
      type: letter.type,
      vodz: letter.vodz ?? false,
      vvr: letter.vvr ?? false,
      personalDelivery: letter.personalDelivery ?? letter.vvr,
      suspicious: letter.suspicious ?? false,
      dmID: this.#numbers.take(),
      sender: this.#party(from),
      recipient: this.#party(to),
      files,
      lineBreaks,
      attachmentSize: attachmentSize({ files, lineBreaks }),
      submittedAt: arrivedAt,
      state: State.arrived,
      arrivedAt: arrives ? arrivedAt : undefined,
      deliveredAt: undefined,
      changes: arrives ? [{ at: arrivedAt, state: State.arrived }] : [],
      events: [
        { at: arrivedAt, description: 'EV0: Datová zpráva byla podána.' },
        { at: arrivedAt, description: arrives ? ARRIVED : DESTROYED },
      ],
    };
    for (const { content } of files) if (content instanceof Spool) content.kept = true;
    this.#messages.set(message.dmID, message);
    if (state !== State.arrived) move(message, state, letter.deliveredAt ?? arrivedAt);
    return message;
  }

  /** Moves a message into a state; a delivered one keeps the time of its first delivery (isds §3.2). */
  setState(dmID: string, state: number, at: number = this.now()): void {
    move(this.message(dmID), state, at);
  }

  #letTimePass(message: Message): void {
    deliverByFiction(message, this.now());
    expireOffer(message, this.now());
  }

  #party(boxId: string): Party {
    const system = SYSTEM_PARTIES[boxId];
    if (system !== undefined) return system;
    const { type, name, address } = this.box(boxId);
    return { boxId, name, address: addressLine(address), type: BOX_TYPES[type] };
  }
}

function move(message: Message, state: number, at: number): void {
  const delivered = state !== State.arrived && state !== State.infected;
  message.state = state;
  message.deliveredAt = delivered ? (message.deliveredAt ?? at) : undefined;
  message.changes.push({ at, state });
}

function momentOf({ arrivedAt, submittedAt }: Message): number {
  return arrivedAt ?? submittedAt;
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the sandbox knows no ${what}`);
  return value;
}
