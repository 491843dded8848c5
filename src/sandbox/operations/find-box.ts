/** FindDataBox2: boxes by their ID, by an identification number, or by type and name (isds §8.3). */
import { BOX_TYPES, type Box, BoxState, isAuthority } from '../box.ts';
import { boxIdField, requiredChild, textField } from '../fields.ts';
import { isIco } from '../ico.ts';
import { OWNER_FIELDS, OWNER_FIELDS_1, writeOwner, writeOwner1 } from '../owner-xml.ts';
import { sequence } from '../sequence.ts';
import { DONE, StatusRefusal } from '../status.ts';
import type { XmlElement } from '../xml-reader.ts';
import { type Call, type Operation, requirePermission } from './operation.ts';

const MAX_FOUND = 100;
const MIN_PREFIX_LENGTH = 3;

const NONE_FOUND = '0002';
const CUT = '0003';
/** One box was found, but it takes no commercial messages from the asking one. */
const TAKES_NO_PDZ = '0009';

export const findDataBox2: Operation = finding(OWNER_FIELDS, writeOwner);

/** The older form of the same search. */
export const findDataBox: Operation = finding(OWNER_FIELDS_1, writeOwner1);

function finding(fields: string, write: typeof writeOwner): Operation {
  return {
    service: 'df',
    input: sequence('dbOwnerInfo', { dbOwnerInfo: sequence(fields) }),
    prefix: 'p',
    run: (call) => {
      requirePermission(call, 'search');
      const matches = matcherOf(requiredChild(call.request, 'dbOwnerInfo'));
      const boxes = [...call.world.boxes.values()].filter((box) => box.state !== BoxState.erased && matches(box));
      const { found, code } = asSeenFrom(call, boxes);
      const { writer, box: asking } = call;
      const results = found.slice(0, MAX_FOUND).map((box) => write(writer, box, isAuthority(asking)));
      return { body: [writer.open('dbResults'), ...results, writer.close('dbResults')], code };
    },
  };
}

function matcherOf(wanted: XmlElement): (box: Box) => boolean {
  if (textField(wanted, 'dbID') !== undefined) {
    // Everything else is ignored.
    const id = boxIdField(wanted, 'dbID');
    return (box) => box.id === id;
  }
  const type = textField(wanted, 'dbType');
  if (type !== undefined && !Object.hasOwn(BOX_TYPES, type)) throw new StatusRefusal('2015');
  const ico = textField(wanted, 'ic')?.trim();
  if (ico !== undefined) {
    if (!isIco(ico)) throw new StatusRefusal('2016');
    return (box) => box.ico === ico && (type === undefined || box.type === type);
  }
  if (type === undefined) throw new StatusRefusal('1101');
  return byName(type, wanted);
}

/** The beginning of the name, or of the surname of a person. */
function byName(type: string, wanted: XmlElement): (box: Box) => boolean {
  const ofPerson = type === 'FO' || type.startsWith('PFO');
  const prefix = textField(wanted, ofPerson ? 'pnLastName' : 'firmName')?.toLocaleLowerCase('cs');
  if (prefix === undefined) throw new StatusRefusal(ofPerson ? '1103' : '1102');
  if (prefix.length < MIN_PREFIX_LENGTH) throw new StatusRefusal('1108');
  return ({ type: own, person, name }) =>
    own === type && (ofPerson ? (person?.lastName ?? '') : name).toLocaleLowerCase('cs').startsWith(prefix);
}

/** Authorities see everybody; others see authorities, and one box that takes their commercial messages. */
function asSeenFrom({ box: asking }: Call, boxes: readonly Box[]): { found: readonly Box[]; code: string } {
  const others = isAuthority(asking) ? [] : boxes.filter((box) => !isAuthority(box));
  if (others.length > 1) throw new StatusRefusal('1109');
  const found = boxes.filter((box) => !others.includes(box) || box.acceptsPdz);
  if (found.length === 0) return { found, code: others.length === 0 ? NONE_FOUND : TAKES_NO_PDZ };
  return { found, code: found.length > MAX_FOUND ? CUT : DONE.code };
}
