/** Operations about the login itself; none of them delivers anything (isds §2.3). */
import type { Address } from '../box.ts';
import { formatTime } from '../czech-time.ts';
import { sequence } from '../sequence.ts';
import { StatusRefusal } from '../status.ts';
import type { Call, Operation } from './operation.ts';

const NO_INPUT = sequence('dbDummy');

export const getOwnerInfo: Operation = {
  service: 'DsManage',
  input: NO_INPUT,
  prefix: 'p',
  run: ({ box, writer }) => [
    writer.open('dbOwnerInfo'),
    writer.leaves({
      dbID: box.id,
      dbType: box.type,
      ic: box.ico,
      pnGivenNames: box.person?.givenNames,
      pnLastName: box.person?.lastName,
      firmName: box.person === undefined ? box.name : undefined,
      biDate: box.person?.birthDate,
      biCity: undefined,
      biCounty: undefined,
      biState: undefined,
      ...addressFields(box.address),
      nationality: 'CZ',
      dbIdOVM: box.type.startsWith('OVM') ? box.ico : undefined,
      dbState: box.state,
      dbOpenAddressing: box.acceptsPdz,
      dbUpperID: undefined,
    }),
    writer.close('dbOwnerInfo'),
  ],
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

function addressFields(address: Address) {
  return {
    adCode: undefined,
    adCity: address.city,
    adDistrict: address.district,
    adStreet: address.street,
    adNumberInStreet: undefined,
    adNumberInMunicipality: address.number,
    adZipCode: address.zip,
    adState: 'CZ',
  };
}
