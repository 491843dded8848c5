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
