/** The XML that ISDS seals, and certificates in the form that settings take. */
import type { SealKey } from '../../src/sandbox/seal-key.ts';

export const ASKED = '1490000002';

export const FILES =
  '<p:dmFile dmMimeType="application/pdf" dmFileDescr="Výzva.pdf" dmFileMetaType="main"><p:dmEncodedContent>JVBERi0xLjQKJSVFT0YK</p:dmEncodedContent></p:dmFile><p:dmFile dmMimeType="text/plain" dmFileDescr="poznámka.txt" dmFileMetaType="enclosure"><p:dmEncodedContent>RG9icsO9IGRlbg==</p:dmEncodedContent></p:dmFile>';

/** Elements outside dmDm are in a namespace of their own (isds §5.3). */
export function sealedXml({ dmID = ASKED, files = FILES, suffix = '/message' } = {}): Buffer {
  return Buffer.from(
    `<q:MessageDownloadResponse xmlns:q="http://isds.czechpoint.cz/v20${suffix}"><q:dmReturnedMessage dmType="K"><p:dmDm xmlns:p="http://isds.czechpoint.cz/v20"><p:dmID>${dmID}</p:dmID><p:dmAnnotation>Výzva k doplnění</p:dmAnnotation><p:dmFiles>${files}</p:dmFiles></p:dmDm><q:dmDeliveryTime>2026-11-20T09:15:02.117+01:00</q:dmDeliveryTime><q:dmMessageStatus>6</q:dmMessageStatus></q:dmReturnedMessage></q:MessageDownloadResponse>`,
  );
}

export function pem({ certificate }: Pick<SealKey, 'certificate'>): string {
  return `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`;
}
