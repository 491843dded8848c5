/** The holder of a box as box services describe one: tDbOwnerInfoExt2 (isds §2.3). */
import { type Address, type Box, isAuthority } from './box.ts';
import type { XmlWriter } from './xml-writer.ts';

/** Elements of the type, in order; the same for a question and for an answer. */
export const OWNER_FIELDS = `
  dbID aifoIsds? dbType ic pnGivenNames pnLastName firmName biDate biCity biCounty biState adCode adCity adDistrict
  adStreet adNumberInStreet adNumberInMunicipality adZipCode adState nationality dbIdOVM dbState dbOpenAddressing dbUpperID`;

/** Birth dates and nationality are told to the holder and to authorities only. */
export function writeOwner(writer: XmlWriter, box: Box, tellsPerson: boolean): string {
  const fields = writer.leaves({
    dbID: box.id,
    dbType: box.type,
    ic: box.ico,
    pnGivenNames: box.person?.givenNames,
    pnLastName: box.person?.lastName,
    firmName: box.person === undefined ? box.name : undefined,
    biDate: tellsPerson ? box.person?.birthDate : undefined,
    biCity: undefined,
    biCounty: undefined,
    biState: undefined,
    ...addressFields(box.address),
    nationality: tellsPerson ? 'CZ' : undefined,
    dbIdOVM: isAuthority(box) ? box.ico : undefined,
    dbState: box.state,
    dbOpenAddressing: box.acceptsPdz,
    dbUpperID: undefined,
  });
  return writer.open('dbOwnerInfo') + fields + writer.close('dbOwnerInfo');
}

/** The address in the elements of the schema. */
export function addressFields(address: Address) {
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

/** Elements of the older tDbOwnerInfo, in order. */
export const OWNER_FIELDS_1 = `
  dbID dbType ic pnFirstName pnMiddleName pnLastName pnLastNameAtBirth firmName biDate biCity biCounty biState adCity adStreet
  adNumberInStreet adNumberInMunicipality adZipCode adState nationality email? telNumber? identifier registryCode dbState
  dbEffectiveOVM dbOpenAddressing`;

/** The holder as the older tDbOwnerInfo, and as tDbOwnerInfoExt, which has all of its elements. */
export function writeOwner1(writer: XmlWriter, box: Box, tellsPerson: boolean): string {
  const fields = writer.leaves({
    dbID: box.id,
    dbType: box.type,
    ic: box.ico,
    ...personFields(box.person ?? {}),
    firmName: box.person === undefined ? box.name : undefined,
    biDate: tellsPerson ? box.person?.birthDate : undefined,
    biCity: undefined,
    biCounty: undefined,
    biState: undefined,
    ...addressFields1(box.address),
    nationality: tellsPerson ? 'CZ' : undefined,
    identifier: undefined,
    registryCode: undefined,
    dbState: box.state,
    dbEffectiveOVM: isAuthority(box),
    dbOpenAddressing: box.acceptsPdz,
  });
  return writer.open('dbOwnerInfo') + fields + writer.close('dbOwnerInfo');
}

/** First and middle names apart, as the older types have them. */
export function personFields({ givenNames, lastName }: { readonly givenNames?: string; readonly lastName?: string }) {
  const [first, ...middle] = givenNames?.split(' ') ?? [];
  return {
    pnFirstName: first,
    pnMiddleName: middle.length === 0 ? undefined : middle.join(' '),
    pnLastName: lastName,
    pnLastNameAtBirth: undefined,
  };
}

/** The address in the elements of the older types. */
export function addressFields1({ city, street, number, zip }: Address) {
  return {
    adCity: city,
    adStreet: street,
    adNumberInStreet: undefined,
    adNumberInMunicipality: number,
    adZipCode: zip,
    adState: 'CZ',
  };
}
