/** Answering a received message: the reference numbers of both sides change places on the way back. */
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { company, type House, office, openHouse } from './house.ts';
import { hasPython, python } from './programs.ts';
import { SEND } from './python.ts';
import { readBox } from './reading.ts';

/** Answers the newest message of the box, as a mail program does. */
const ANSWER = `${SEND}
box = open_box()
log_in(box)
newest = len(uids(box))
received = email.message_from_bytes(b'\\r\\n'.join(box.retr(newest)[1]), policy=email.policy.default)
box.quit()
answer = letter(received['From'].addresses[0].addr_spec, 'Re: ' + received['Subject'], 'Souhlasíme.\\n', [])
answer['In-Reply-To'] = answer['References'] = received['Message-ID']
with open_post() as post:
    print(send(post, answer))
`;

describe.skipIf(!hasPython)('an answer to a received message (skipped without python3)', () => {
  test('reaches the sender’s box with the reference numbers swapped', async () => {
    const house = await openHouse();
    deliverQuestion(house);
    const facts = { ...house.facts(company), from: house.address(company.box) };
    const { said } = await python(ANSWER, facts, house.home);
    const [answer] = house.sandbox.world.messagesOf(office.box, 'recipient');
    expect(said).toContain(`Datová zpráva ${answer?.dmID} odeslána`);
    expect(answer).toMatchObject({
      annotation: 'Re: Dotaz na otevírací dobu o svátcích',
      recipientRefNumber: 'MCHD/0700/2026',
      recipientIdent: 'SPIS-90',
      senderRefNumber: 'PEK-12/2026',
      senderIdent: 'ČERSTVÉ-4',
    });

    const mail = await simpleParser((await readBox(house, office)).get(answer?.dmID ?? '') ?? '');
    expect(mail.headers.get('x-isds-recipient-ref-number')).toBe('MCHD/0700/2026');
    expect(mail.headers.get('x-isds-sender-ref-number')).toBe('PEK-12/2026');
  });
});

/** The office knows the company's numbers too. */
function deliverQuestion({ sandbox: { world } }: House): void {
  world.deliver({
    from: office.box,
    to: company.box,
    annotation: 'Dotaz na otevírací dobu o svátcích',
    senderRefNumber: 'MCHD/0700/2026',
    senderIdent: 'SPIS-90',
    recipientRefNumber: 'PEK-12/2026',
    recipientIdent: 'ČERSTVÉ-4',
    files: [{ name: 'dotaz.txt', mimeType: 'text/plain', metaType: 'main', content: Buffer.from('Máte otevřeno?\n') }],
  });
}
