/** Operations that look up other boxes (isds §8). */
import { addressLine, type Box, BoxState, isAuthority } from '../box.ts';
import { isBoxId } from '../box-id.ts';
import { sendOptions } from '../commercial.ts';
import { booleanField, boxIdField, integerField, textField } from '../fields.ts';
import { isIco } from '../ico.ts';
import { sequence } from '../sequence.ts';
import { StatusRefusal } from '../status.ts';
import type { XmlWriter } from '../xml-writer.ts';
import { type Call, type Operation, requirePermission } from './operation.ts';

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_RECORDS = 100;
const LAST_PAGE = 99;
const SEARCH_TYPES = ['GENERAL', 'ADDRESS', 'ICO', 'IDOVM', 'DBID'];
const SCOPE = /^(?:ALL|OVM|PO|PFO|FO)(?:_[A-Z]+)?$/;

export const checkDataBox: Operation = {
  service: 'df',
  input: sequence('dbID dbApproved? dbExternRefNumber?'),
  prefix: 'p',
  run: (call) => {
    requirePermission(call, 'search');
    const box = call.world.boxes.get(boxIdField(call.request, 'dbID'));
    if (box === undefined) throw new StatusRefusal('5001');
    // A box suspended by law is told as temporarily inaccessible (isds §8.1).
    const state = box.state === BoxState.suspendedByLaw ? BoxState.suspended : box.state;
    return [call.writer.leaf('dbState', state)];
  },
};

export const search3: Operation = search(SEARCH_TYPES, writeResult);

/** The older search: it does not know the identifier of authorities, and tells only whether a box is one. */
export const search2: Operation = search(
  SEARCH_TYPES.filter((type) => type !== 'IDOVM'),
  writeResult2,
);

function search(types: readonly string[], write: typeof writeResult): Operation {
  return {
    service: 'df',
    input: sequence('searchText searchType searchScope page pageSize highlighting?'),
    prefix: 'p',
    run: (call) => {
      requirePermission(call, 'search');
      const { page, pageSize } = readPaging(call);
      const found = findBoxes(call, types);
      const shown = found.slice(page * pageSize, (page + 1) * pageSize);
      const { writer } = call;
      return [
        writer.leaves({
          totalCount: found.length,
          currentCount: shown.length,
          position: page * pageSize,
          lastPage: (page + 1) * pageSize >= found.length,
        }),
        writer.open('dbResults'),
        ...shown.map((box) => write(writer, call.box, box)),
        writer.close('dbResults'),
      ];
    },
  };
}

function readPaging({ request }: Call): { page: number; pageSize: number } {
  const page = integerField(request, 'page') ?? 0;
  const pageSize = integerField(request, 'pageSize') ?? DEFAULT_PAGE_SIZE;
  booleanField(request, 'highlighting');
  if (page < 0 || pageSize < 1) throw new StatusRefusal('1155');
  if (pageSize > MAX_PAGE_RECORDS) throw new StatusRefusal('1156');
  if (page > LAST_PAGE) throw new StatusRefusal('1189');
  return { page, pageSize };
}

function findBoxes({ request, world, box: asking }: Call, types: readonly string[]): Box[] {
  const text = textField(request, 'searchText')?.trim();
  const type = textField(request, 'searchType') ?? 'GENERAL';
  const scope = textField(request, 'searchScope') ?? 'ALL';
  if (text === undefined) throw new StatusRefusal('1152');
  if (!types.includes(type) || !SCOPE.test(scope)) throw new StatusRefusal('1155');
  if (text.length < 2) throw new StatusRefusal('1180');
  if (type === 'DBID' && !isBoxId(text)) throw new StatusRefusal('1153');
  if (type === 'ICO' && !isIco(text)) throw new StatusRefusal('1154');
  return [...world.boxes.values()]
    .filter((box) => box.state !== BoxState.erased && (box.published || isAuthority(asking)))
    .filter((box) => scope === 'ALL' || box.type === scope || box.type.startsWith(`${scope}_`))
    .filter((box) => matches(box, type, text));
}

function matches(box: Box, type: string, text: string): boolean {
  if (type === 'DBID') return box.id === text;
  if (type === 'ICO') return box.ico === text;
  if (type === 'IDOVM') return isAuthority(box) && box.ico === text;
  const searched =
    type === 'ADDRESS' ? addressLine(box.address) : `${box.name} ${addressLine(box.address)} ${box.ico ?? ''}`;
  const words = new Set(wordsOf(searched));
  // Whole words, whatever their case; the real index knows Czech inflexion as well.
  return wordsOf(text).every((word) => words.has(word));
}

function wordsOf(text: string): string[] {
  return text.toLocaleLowerCase('cs').split(/[^\p{L}\p{N}]+/u);
}

function writeResult(writer: XmlWriter, asking: Box, box: Box): string {
  return written(writer, {
    ...commonFields(asking, box),
    dbIdOVM: isAuthority(box) ? box.ico : undefined,
    dbSendOptions: sendOptions(asking, box),
  });
}

function writeResult2(writer: XmlWriter, asking: Box, box: Box): string {
  return written(writer, {
    ...commonFields(asking, box),
    dbEffectiveOVM: isAuthority(box),
    dbSendOptions: sendOptions(asking, box),
  });
}

function commonFields(asking: Box, box: Box) {
  return {
    dbID: box.id,
    dbType: box.type,
    dbName: box.name,
    dbAddress: addressLine(box.address),
    // Authorities see the birth date of people, which tells namesakes apart.
    dbBiDate: isAuthority(asking) ? box.person?.birthDate : undefined,
    dbICO: box.ico,
  };
}

function written(writer: XmlWriter, fields: Parameters<XmlWriter['leaves']>[0]): string {
  return writer.open('dbResult') + writer.leaves(fields) + writer.close('dbResult');
}
