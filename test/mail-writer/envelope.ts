/** An envelope with everything in it, in Czech. */
import type { Envelope } from '../../src/isds/index.ts';

export function envelopeOf(changes: Partial<Envelope> = {}): Envelope {
  return {
    dmID: '1490000010',
    type: undefined,
    vodz: false,
    suspicious: false,
    senderBox: 'aydaadk',
    sender: 'Úřad městské části Praha 99 – odbor dopravy',
    senderAddress: 'Nádražní 1, 199 00 Praha',
    senderType: 10,
    recipientBox: 'zzzzzzq',
    recipient: 'Kovárna Šťastný s.r.o.',
    recipientAddress: 'Kovářská 7, 602 00 Brno',
    toHands: 'Ing. Žofie Černá',
    annotation: 'Výzva k doplnění žádosti o stavební povolení',
    senderRefNumber: 'ÚMČ/123/2026',
    recipientRefNumber: 'KŠ 7/2026',
    senderIdent: 'SZ-ÚMČ 55',
    recipientIdent: 'SZ-KŠ 9',
    legalTitle: { law: '283', year: '2021', section: '184', paragraph: '2', point: 'a' },
    personalDelivery: false,
    allowSubstDelivery: true,
    state: 6,
    attachmentSize: 120,
    arrivedAt: new Date('2026-11-20T08:15:02.117Z'),
    deliveredAt: new Date('2026-11-20T09:00:00.000Z'),
    ...changes,
  };
}
