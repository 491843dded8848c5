/** Who a login is and how long its password lasts; none of this delivers messages (isds §2.3). */
import { child, childDate, childIdentifier, childInteger, childText, childToken } from '../soap/answer.ts';
import type { Operation } from '../soap/operation.ts';
import type { OwnerInfo, UserInfo } from '../types.ts';
import { MalformedXml, xml } from '../xml/xml-text.ts';

/** The three operations have one parameter without meaning. */
const DUMMY = xml`<dbDummy></dbDummy>`;

/** Users who have every right whatever the sum says (isds §2.3). */
const USERS_WITH_ALL_RIGHTS = new Set(['PRIMARY_USER', 'LIQUIDATOR', 'RECEIVER', 'GUARDIAN']);
const ALL_RIGHTS = 0xff;

export const getOwnerInfo: Operation<void, OwnerInfo> = {
  name: 'GetOwnerInfoFromLogin2',
  service: 'DsManage',
  write: () => DUMMY,
  read(answer) {
    const owner = child(answer, 'dbOwnerInfo');
    const boxId = owner && childIdentifier(owner, 'dbID');
    if (owner === undefined || boxId === undefined) throw new MalformedXml('owner without box');
    const person = ['pnGivenNames', 'pnLastName']
      .map((part) => childText(owner, part))
      .filter((part) => part !== undefined);
    return {
      boxId,
      boxType: childToken(owner, 'dbType') ?? '',
      name: childText(owner, 'firmName') ?? person.join(' '),
      boxState: childInteger(owner, 'dbState'),
    };
  },
};

export const getUserInfo: Operation<void, UserInfo> = {
  name: 'GetUserInfoFromLogin2',
  service: 'DsManage',
  write: () => DUMMY,
  read(answer) {
    const user = child(answer, 'dbUserInfo');
    if (user === undefined) throw new MalformedXml('no user');
    const userType = childToken(user, 'userType');
    const rights = childInteger(user, 'userPrivils');
    // A user without rights is a statement, and every message would then be listed under another name.
    if (rights === undefined && userType === undefined) throw new MalformedXml('neither user type nor rights');
    const assumed = USERS_WITH_ALL_RIGHTS.has(userType ?? '') ? ALL_RIGHTS : 0;
    return { rights: rights ?? assumed, userType };
  },
};

export const getPasswordExpiry: Operation<void, Date | undefined> = {
  name: 'GetPasswordInfo',
  service: 'DsManage',
  write: () => DUMMY,
  read: (answer) => childDate(answer, 'pswExpDate'),
};
