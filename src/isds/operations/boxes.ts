/** Looking at other people's boxes before writing to them (isds §8). */
import { child, childBoolean, childIdentifier, childInteger, childText, childToken, children } from '../soap/answer.ts';
import { element, elements, type Operation } from '../soap/operation.ts';
import { PLAIN_SUCCESS, type Status } from '../soap/soap.ts';
import type { BoxState, FoundBox, SendOptions } from '../types.ts';
import type { XmlElement } from '../xml/xml.ts';
import { MalformedXml, type Markup } from '../xml/xml-text.ts';

const SEND_OPTIONS: readonly SendOptions[] = ['DZ', 'ALL', 'PDZ', 'NONE', 'DISABLED'];

/** ISDS gives no more at once (isds §8.2). */
const MAX_PAGE_RECORDS = 100;

export const checkBox: Operation<string, BoxState> = {
  name: 'CheckDataBox',
  service: 'df',
  write: (boxId) => element('dbID', boxId),
  read(answer) {
    const state = childInteger(answer, 'dbState');
    if (state === undefined) throw new MalformedXml('box without state');
    return state;
  },
};

export const findBox: Operation<string, FoundBox | undefined> = {
  name: 'ISDSSearch3',
  service: 'df',
  write: (boxId) => search(boxId, 'DBID', 1),
  read(answer, status, boxId) {
    const [found] = readFoundBoxes(answer, status);
    if (found !== undefined && found.boxId !== boxId) throw new MalformedXml('another box');
    return found;
  },
};

export const findBoxesByIco: Operation<string, readonly FoundBox[]> = {
  name: 'ISDSSearch3',
  service: 'df',
  write: (ico) => search(ico, 'ICO', MAX_PAGE_RECORDS),
  read: readFoundBoxes,
};

function search(text: string, kind: 'DBID' | 'ICO', pageSize: number): Markup {
  return elements(
    ['searchText', text],
    ['searchType', kind],
    ['searchScope', 'ALL'],
    ['page', 0],
    ['pageSize', pageSize],
    ['highlighting', false],
  );
}

/** The only operation that spells the parameter `dbId` (isds §11.1). */
export const canSendPdz: Operation<string, boolean> = {
  name: 'PDZSendInfo',
  service: 'df',
  write: (boxId) => elements(['dbId', boxId], ['PDZType', 'Normal']),
  read(answer) {
    if (child(answer, 'PDZsiResult') === undefined) throw new MalformedXml('neither yes nor no');
    return childBoolean(answer, 'PDZsiResult') ?? false;
  },
};

function readFoundBoxes(answer: XmlElement, { code }: Status): readonly FoundBox[] {
  const results = child(answer, 'dbResults');
  // "There is no such box" has to be said, by a code of its own or by a count.
  const isSaid = code !== PLAIN_SUCCESS || childInteger(answer, 'totalCount') !== undefined;
  if (results === undefined && !isSaid) throw new MalformedXml('no search results');
  return results === undefined ? [] : children(results, 'dbResult').map(readFoundBox);
}

function readFoundBox(found: XmlElement): FoundBox {
  const boxId = childIdentifier(found, 'dbID');
  if (boxId === undefined) throw new MalformedXml('found box without ID');
  const options = childToken(found, 'dbSendOptions');
  return {
    boxId,
    boxType: childToken(found, 'dbType'),
    name: childText(found, 'dbName'),
    address: childText(found, 'dbAddress'),
    sendOptions: SEND_OPTIONS.find((known) => known === options),
  };
}
