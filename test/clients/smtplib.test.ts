/** Python's smtplib sends what its email package composes. */
import { describe, expect, test } from 'vitest';
import { actsOf, company, office, openHouse } from './house.ts';
import { expectArrived, writeLetter } from './letter.ts';
import { hasPython, python } from './programs.ts';
import { SEND } from './python.ts';

const SEND_LETTER = `${SEND}
with open_post(facts['mode']) as post:
    print(send(post, letter(facts['to'], facts['subject'], facts['text'], facts['files'])))
`;

describe.skipIf(!hasPython)("Python's smtplib (skipped without python3)", () => {
  test.each(['tls', 'starttls'])('sends a letter with two files (%s)', async (mode) => {
    const house = await openHouse();
    const { subject, text, files } = await writeLetter(house);
    const { said } = await python(
      SEND_LETTER,
      {
        ...house.facts(company),
        mode,
        subject,
        text,
        files: files.map(({ path }) => path),
        from: house.address(company.box),
        to: house.address(office.box),
      },
      house.home,
    );
    expect(actsOf(house)).toEqual({ lists: 0, downloaded: [], marked: [], sent: 1 });
    await expectArrived({ subject, text, files }, house, said);
  });
});
