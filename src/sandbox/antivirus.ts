/** The virus check: of an ordinary message after it was accepted, of an uploaded file at once (isds §6.3). */
import { type Content, holdsSomewhere } from './content.ts';
import type { Message } from './message.ts';
import type { Letter } from './population.ts';

/** The test file that every antivirus program takes for a virus; in two pieces, so that none takes this one for it. */
const TEST_VIRUS = ['EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE'].join('');

/** Whether the EICAR test virus is in it. */
export function isInfected(content: Content): boolean {
  return holdsSomewhere(content, TEST_VIRUS.length, (octets) => octets.includes(TEST_VIRUS));
}

/** The system message that tells the sender (isds §7.4, type 1). */
export function destructionNotice({ dmID, sender, recipient }: Message): Letter {
  const page = `<html><body><p>Zpráva ${dmID} obsahovala škodlivý kód a nebyla dodána do schránky ${recipient.boxId}.</p></body></html>`;
  const xml = `<SystemMessage type="1"><dmID>${dmID}</dmID><dbIDRecipient>${recipient.boxId}</dbIDRecipient></SystemMessage>`;
  return {
    from: 'aaaaaaa',
    to: sender.boxId,
    annotation: 'Oznámení o zničení datové zprávy',
    files: [
      { name: 'oznámení.html', mimeType: 'text/html', metaType: 'main', content: Buffer.from(page) },
      { name: 'SystemMessage.xml', mimeType: 'text/xml', metaType: 'enclosure', content: Buffer.from(xml) },
    ],
  };
}
