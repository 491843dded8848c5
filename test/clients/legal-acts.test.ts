/** What mail programs make the gateway do at ISDS, and what they do not: a list delivers, a mark says that it was read. */
import { describe, expect, test } from 'vitest';
import { State } from '../../src/sandbox/index.ts';
import { actsOf, clerk, company, type House, office, openHouse, readingOnce } from './house.ts';
import { hasPython, python } from './programs.ts';
import { CONNECT, SEND } from './python.ts';

const NOTHING = { lists: 0, downloaded: [], marked: [], sent: 0 };

/** The demonstration's only message for personal delivery. */
function personalMessage(house: House): string {
  const messages = house.sandbox.world.messagesOf(company.box, 'recipient');
  return messages.find(({ personalDelivery }) => personalDelivery === true)?.dmID ?? '';
}

/** Runs Python code that has a box open and logged in, and answers the lines that it printed. */
async function inBox(house: House, code: string, account = company): Promise<string[]> {
  const program = `${CONNECT}\nbox = open_box()\nlog_in(box)\n${code}`;
  const finished = await python(program, house.facts(account), house.home);
  if (finished.code !== 0) throw new Error(finished.said);
  return finished.said.trimEnd().split('\n');
}

describe.skipIf(!hasPython)('acts at ISDS (skipped without python3)', () => {
  test('checking the login delivers nothing', async () => {
    const house = await openHouse();
    const before = house.sandbox.world.messagesOf(company.box, 'recipient').map(({ state }) => state);
    expect(before).toContain(State.arrived);

    await inBox(house, 'box.noop(); box.quit()');
    await house.settle();
    expect(actsOf(house)).toEqual(NOTHING);
    expect(house.sandbox.world.messagesOf(company.box, 'recipient').map(({ state }) => state)).toEqual(before);
  });

  test('sending delivers nothing', async () => {
    const house = await openHouse();
    const facts = { ...house.facts(company), from: house.address(company.box), to: house.address(office.box) };
    const program = `${SEND}
with open_post() as post:
    print(send(post, letter(facts['to'], 'Oznámení', 'Zítra máme zavřeno.\\n', [])))`;
    expect((await python(program, facts, house.home)).said).toMatch(/^250 /);
    await house.settle();
    expect(actsOf(house)).toEqual({ ...NOTHING, sent: 1 });
  });

  test('one poll is one list, however many commands ask for it', async () => {
    const house = await openHouse();
    await inBox(house, 'box.stat(); box.list(); box.uidl(); box.list(1); box.top(2, 0); box.stat(); box.quit()');
    await house.settle();
    expect(actsOf(house)).toEqual({ ...NOTHING, lists: 1 });
  });

  test('the beginning of a message is shown without downloading or marking it', async () => {
    const house = await openHouse();
    await inBox(house, 'box.stat()\nfor number in range(1, 8): box.top(number, 5)\nbox.quit()');
    await house.settle();
    expect(actsOf(house)).toEqual({ ...NOTHING, lists: 1 });
  });

  test.each(['box.dele(1)', 'box.retr(1)', 'box.top(1, 0)', 'box.list(1)', 'box.uidl(1)'])(
    '%s without a list delivers nothing, before the first list and after it',
    async (command) => {
      const house = await openHouse();
      const states = () => house.sandbox.world.messagesOf(company.box, 'recipient').map(({ state }) => state);
      const before = states();
      const tried = `try: ${command}\nexcept poplib.error_proto as error: print(error)\nbox.quit()`;
      expect(await inBox(house, tried)).toEqual([expect.stringMatching(/-ERR \[SYS\/TEMP\] Seznam zprav .* LIST/)]);
      expect(states()).toEqual(before);
      await inBox(house, 'box.stat(); box.quit()');
      const listed = states();
      expect(await inBox(house, tried)).toEqual(['']);
      await house.settle();
      expect(states().map((state) => state === State.arrived)).toEqual(listed.map((state) => state === State.arrived));
      expect(actsOf(house).lists).toBe(1);
    },
  );

  test('a message read in two sessions is marked as read once', async () => {
    const house = await openHouse();
    const { marked } = readingOnce(house, company.box, 2);
    const readAll = 'box.stat()\nfor number in range(1, 8): box.retr(number)\nbox.quit()';
    await inBox(house, readAll);
    await inBox(house, readAll);
    await house.settle();
    expect(actsOf(house)).toMatchObject({ lists: 2, marked });
  });

  test('a poll of the clerk does not deliver what is for the director’s own hands', async () => {
    const house = await openHouse();
    const personal = personalMessage(house);
    const uids = await inBox(house, 'print(*uids(box), sep="\\n"); box.quit()', clerk);
    expect(uids).not.toContain(personal);
    expect(house.sandbox.world.message(personal).state).toBe(State.arrived);
  });

  test('a message that the clerk must not read comes as a note and is not marked as read', async () => {
    const house = await openHouse();
    const personal = personalMessage(house);
    await inBox(house, 'box.stat(); box.quit()');
    const [note] = await inBox(
      house,
      `number = uids(box).index('${personal}-obalka') + 1
import quopri
print(quopri.decodestring(b'\\n'.join(box.retr(number)[1])).decode().replace('\\n', ' ')); box.quit()`,
      clerk,
    );
    expect(note).toContain('Zpráva je určena do vlastních rukou a tento účet takové zprávy číst nesmí.');
    await house.settle();
    expect(actsOf(house).marked).toEqual([]);
    expect(house.sandbox.world.message(personal).state).toBe(State.deliveredByLogin);
  });

  test('a message deleted before QUIT never comes back, and ISDS still has it', async () => {
    const house = await openHouse();
    const [first, second, ...rest] = await inBox(house, 'print(*uids(box), sep="\\n"); box.dele(2); box.quit()');
    expect(await inBox(house, 'print(*uids(box), sep="\\n"); box.quit()')).toEqual([first, ...rest]);
    await house.settle();
    expect(actsOf(house)).toEqual({ ...NOTHING, lists: 2 });
    expect(house.sandbox.world.findMessage(second ?? '')?.state).toBe(State.deliveredByLogin);
  });

  test('a message deleted without QUIT comes back', async () => {
    const house = await openHouse();
    const uids = await inBox(house, 'print(*uids(box), sep="\\n"); box.dele(1); box.close()');
    expect(uids).toHaveLength(7);
    expect(await inBox(house, 'print(*uids(box), sep="\\n"); box.quit()')).toEqual(uids);
  });
});
