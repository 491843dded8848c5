/** Operations about the login itself; none of them delivers anything (isds §2.3). */
import { formatTime } from '../czech-time.ts';
import { addressFields, addressFields1, personFields, writeOwner, writeOwner1 } from '../owner-xml.ts';
import { sequence } from '../sequence.ts';
import { StatusRefusal } from '../status.ts';
import type { Call, Operation } from './operation.ts';

const NO_INPUT = sequence('dbDummy');

export const getOwnerInfo: Operation = {
  service: 'DsManage',
  input: NO_INPUT,
  prefix: 'p',
  run: ({ box, writer }) => [writeOwner(writer, box, true)],
};

export const getUserInfo: Operation = {
  service: 'DsManage',
  input: NO_INPUT,
  prefix: 'p',
  run: forPeople(({ box, login, writer }) => [
    writer.open('dbUserInfo'),
    writer.leaves({
      aifoIsds: true,
      pnGivenNames: login.givenNames,
      pnLastName: login.lastName,
      ...addressFields(box.address),
      biDate: '1980-05-15',
      // Twelve characters that stay when the login name changes (isds §2.1).
      isdsID: `DS_${login.name}`.padEnd(12, 'x').slice(0, 12),
      userType: login.userType,
      userPrivils: login.permissions,
      ic: undefined,
      firmName: undefined,
      caStreet: undefined,
      caCity: undefined,
      caZipCode: undefined,
    }),
    writer.close('dbUserInfo'),
  ]),
};

/** The older forms without register data, which programs still ask for (isds §2.3). */
export const getOwnerInfo1: Operation = {
  service: 'DsManage',
  input: NO_INPUT,
  prefix: 'p',
  run: ({ box, writer }) => [writeOwner1(writer, box, true)],
};

export const getUserInfo1: Operation = {
  service: 'DsManage',
  input: NO_INPUT,
  prefix: 'p',
  run: forPeople(({ box, login, writer }) => [
    writer.open('dbUserInfo'),
    writer.leaves({
      ...personFields(login),
      ...addressFields1(box.address),
      biDate: '1980-05-15',
      userID: login.name,
      userType: login.userType,
      userPrivils: login.permissions,
      ic: undefined,
      firmName: undefined,
      caStreet: undefined,
      caCity: undefined,
      caZipCode: undefined,
    }),
    writer.close('dbUserInfo'),
  ]),
};

export const getPasswordInfo: Operation = {
  service: 'DsManage',
  input: NO_INPUT,
  prefix: 'p',
  run: forPeople(({ login, writer }) => {
    const expiry = login.passwordExpiresAt;
    return [writer.leaf('pswExpDate', expiry === undefined ? undefined : formatTime(expiry))];
  }),
};

/** A certificate has neither a person nor a password. */
function forPeople(run: Operation['run']): Operation['run'] {
  return (call: Call) => {
    if (call.login.byCertificate === true) throw new StatusRefusal('2102');
    return run(call);
  };
}

/** Does nothing; it is there to keep a session alive (isds §2.3). */
export const dummyOperation: Operation = { service: 'dz', input: [], prefix: 'q', run: () => [] };
