/** What programs other than the gateway ask of ISDS: operations, and ways to write a request that it takes. */
import { describe, expect, test } from 'vitest';
import { demoBoxes, State } from '../../src/sandbox/index.ts';
import {
  basic,
  call,
  letterXml,
  loginOf,
  operationXml,
  ownerXml1,
  postRaw,
  sandboxAt,
  soap,
  valueOf,
  valuesOf,
} from './client.ts';

const DAY = 86_400_000;

const files = [{ name: 'a.txt', mimeType: 'text/plain', metaType: 'main' as const, content: Buffer.from('a') }];

/** A message of the office to the company, sent with the wish to be named or without. */
async function sentBy(sandbox: Awaited<ReturnType<typeof sandboxAt>>, level: string): Promise<string> {
  const wish = `<dmOVM>false</dmOVM><dmPublishOwnID IdLevel="${level}">true</dmPublishOwnID></dmEnvelope>`;
  const letter = letterXml({ dbIDRecipient: demoBoxes.company });
  const inside = level === '' ? letter : letter.replace('</dmEnvelope>', wish);
  return valueOf((await call(sandbox, 'CreateMessage', inside, 'urad01')).text, 'dmID') ?? '';
}

test('libdatovka sends no SOAPAction, and ISDS takes that', async () => {
  await using sandbox = await sandboxAt();
  const response = await fetch(`${sandbox.url}/DS/DsManage`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', authorization: loginOf('pekar1') },
    body: soap(operationXml('GetOwnerInfoFromLogin', '<dbDummy/>')),
  });
  expect(response.status).toBe(200);
  expect(valueOf(await response.text(), 'dbID')).toBe(demoBoxes.company);
});

test('every answer has a prefix, as those of ISDS have', async () => {
  await using sandbox = await sandboxAt();
  const dmID = await sentBy(sandbox, '');
  for (const [operation, inside] of [
    ['SentMessageEnvelopeDownload', `<dmID>${dmID}</dmID>`],
    ['GetMessageStateChanges', '<dmFromTime xsi:nil="true"/><dmToTime xsi:nil="true"/>'],
  ] as const) {
    const { text } = await call(sandbox, operation, inside, 'urad01');
    expect(text).toContain(`<q:${operation}Response xmlns:q=`);
  }
});

describe('sections of text (CDATA)', () => {
  test('are text: what stands for markup elsewhere is itself', async () => {
    await using sandbox = await sandboxAt();
    const section = '<![CDATA[A & B <c> ]] > &amp;]]>';
    const inside = letterXml({ dbIDRecipient: demoBoxes.company, dmAnnotation: 'XXX' }).replace('XXX', section);
    const { text, code } = await call(sandbox, 'CreateMessage', inside, 'urad01');
    expect(code).toBe('0000');
    expect(sandbox.world.message(valueOf(text, 'dmID') ?? '').annotation).toBe('A & B <c> ]] > &amp;');
  });

  test.each([10, 100_000])('may hold the content of a file: %i octets', async (octets) => {
    await using sandbox = await sandboxAt();
    const base64 = Buffer.alloc(octets, 'Dobrý den. ').toString('base64');
    const inside = letterXml({ dbIDRecipient: demoBoxes.company }, [{ name: 'a.txt', content: base64 }]);
    const wrapped = inside.replace(base64, `<![CDATA[${base64}]]>`);
    expect((await call(sandbox, 'CreateMessage', wrapped, 'urad01')).code).toBe('0000');
  });

  test('without an end are refused', async () => {
    await using sandbox = await sandboxAt();
    const inside = letterXml().replace('Vyjádření', '<![CDATA[Vyjádření');
    expect((await call(sandbox, 'CreateMessage', inside)).http).toBe(500);
  });
});

test('a file of XML that stands in the request is taken, and comes back as XML', async () => {
  await using sandbox = await sandboxAt();
  const xml = '<p:zprava xmlns:p="http://example.cz/a" cislo="1"><p:vec>Žádost &amp; dotaz</p:vec></p:zprava>';
  const inline = `<dmFile dmMimeType="application/xml" dmFileMetaType="main" dmFileDescr="zpráva.xml"><dmXMLContent>${xml}</dmXMLContent></dmFile>`;
  const letter = letterXml({ dbIDRecipient: demoBoxes.company });
  const inside = letter.replace(/<dmFile [\s\S]*<\/dmFile>/, inline);
  const { text, code } = await call(sandbox, 'CreateMessage', inside, 'urad01');
  expect(code).toBe('0000');
  const [file] = sandbox.world.message(valueOf(text, 'dmID') ?? '').files;
  expect(file).toMatchObject({ name: 'zpráva.xml', form: 'xml' });
  const content = file?.content;
  expect(Buffer.isBuffer(content) && content.toString()).toContain(
    '<p:vec xmlns:p="http://example.cz/a">Žádost &amp; dotaz</p:vec>',
  );
});

test.each(['dmType="Q"', 'dmType="VV"', 'dmBarva="x"'])('an envelope with %s is refused', async (attribute) => {
  await using sandbox = await sandboxAt();
  const inside = letterXml().replace(/<dmEnvelope[^>]*>/, `<dmEnvelope ${attribute}>`);
  expect((await call(sandbox, 'CreateMessage', inside)).code).toBe('2042');
});

test.each([
  ['', false],
  ['1', true],
  ['2', false],
  ['3', true],
])('who sent it is told by role, and by name if that was wished: IdLevel "%s"', async (level, isNamed) => {
  await using sandbox = await sandboxAt();
  const { givenNames, lastName } = sandbox.world.login('urad01');
  const inside = `<dmID>${await sentBy(sandbox, level)}</dmID>`;
  const one = await call(sandbox, 'GetMessageAuthor', inside);
  expect(valueOf(one.text, 'userType')).toBe('PRIMARY_USER');
  expect(valueOf(one.text, 'authorName')).toBe(isNamed ? `${givenNames} ${lastName}` : undefined);
  const { text } = await call(sandbox, 'GetMessageAuthor2', inside);
  expect(text).toContain('key="userType" value="PRIMARY_USER"');
  expect(text.includes(`key="pnLastName" value="${lastName}"`)).toBe(isNamed);
});

test('a message that the box neither sent nor received has no author for it', async () => {
  await using sandbox = await sandboxAt();
  const inside = `<dmID>${await sentBy(sandbox, '1')}</dmID>`;
  expect((await call(sandbox, 'GetMessageAuthor2', inside, 'zofie1')).code).toBe('1211');
});

test('the hash of a message is the one that its delivery data have', async () => {
  await using sandbox = await sandboxAt();
  const inside = `<dmID>${await sentBy(sandbox, '')}</dmID>`;
  const { text } = await call(sandbox, 'VerifyMessage', inside, 'urad01');
  const info = await call(sandbox, 'GetDeliveryInfo', inside, 'urad01');
  expect(valueOf(text, 'dmHash')).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  expect(valueOf(text, 'dmHash')).toBe(valueOf(info.text, 'dmHash'));
});

test('what was sealed here is authentic, with an octet changed it is not, anything else is refused', async () => {
  await using sandbox = await sandboxAt();
  const dmID = await sentBy(sandbox, '');
  const { text } = await call(sandbox, 'GetSignedDeliveryInfo', `<dmID>${dmID}</dmID>`, 'urad01');
  const sealed = Buffer.from(valueOf(text, 'dmSignature') ?? '', 'base64');
  expect(sealed.includes('http://isds.czechpoint.cz/v20/delivery')).toBe(true);
  const ask = async (octets: Buffer) => {
    const document = `<dmMessage>${octets.toString('base64')}</dmMessage>`;
    const reply = await call(sandbox, 'AuthenticateMessage', document, 'zofie1');
    return [reply.code, valueOf(reply.text, 'dmAuthResult')];
  };
  expect(await ask(sealed)).toEqual(['0000', 'true']);
  const changed = Buffer.from(sealed);
  changed[500] = (changed[500] ?? 0) ^ 1;
  expect(await ask(changed)).toEqual(['0000', 'false']);
  expect(await ask(Buffer.from('Dobrý den.'))).toEqual(['2200', undefined]);
});

test('a suspicious message is reported by its recipient, and carries the mark', async () => {
  await using sandbox = await sandboxAt();
  const to = demoBoxes.company;
  const offer = sandbox.world.deliver({ from: demoBoxes.builder, to, annotation: 'Nabídka', files });
  const official = sandbox.world.deliver({ from: demoBoxes.office, to, annotation: 'Výzva', files });
  const report = async (dmID: string, more = '', login = 'pekar1') => {
    const inside = `<dmID>${dmID}</dmID>${more}<allowComplete>true</allowComplete>`;
    return (await call(sandbox, 'SuspMessageReport', inside, login)).code;
  };
  expect(await report('1')).toBe('1600');
  expect(await report(official.dmID)).toBe('1610');
  expect(await report(offer.dmID, '', 'stavby')).toBe('1616');
  expect(await report(offer.dmID, '', 'zofie1')).toBe('1611');
  expect(await report(offer.dmID, '<repMail>nikdo</repMail>')).toBe('1615');
  expect(offer.suspicious).toBe(false);
  expect(await report(offer.dmID, '<repTel>+420 123 456 789</repTel>')).toBe('0000');
  expect(offer.suspicious).toBe(true);
});

function passwords(old: string, wanted: string): string {
  return `<dbOldPassword>${old}</dbOldPassword><dbNewPassword>${wanted}</dbNewPassword>`;
}

test.each([
  ['Kratke1', '1066'],
  ['Chleba-2026', '1067'],
  ['Žluťoučký1', '1079'],
  ['jenommala1', '1080'],
  ['Chlebaaa-1', '1081'],
  ['Pekar1-heslo', '1082'],
  ['Qwertz12345', '1083'],
])('the password %s is refused with %s', async (password, code) => {
  await using sandbox = await sandboxAt();
  expect((await call(sandbox, 'ChangeISDSPassword', passwords('Chleba-2026', password))).code).toBe(code);
  expect((await call(sandbox, 'GetPasswordInfo', '<dbDummy/>')).http).toBe(200);
});

test('a new password is the only one from then on, and an old one does not come again', async () => {
  await using sandbox = await sandboxAt();
  const change = (own: string, old: string, wanted: string) =>
    postRaw(sandbox, '/DS/DsManage', soap(operationXml('ChangeISDSPassword', passwords(old, wanted))), {
      authorization: basic('pekar1', own),
    });
  expect((await change('Chleba-2026', 'Houska-2026', 'Rohlik-2027')).code).toBe('1090');
  expect((await change('Chleba-2026', 'Chleba-2026', 'Rohlik-2027')).code).toBe('0000');
  expect((await call(sandbox, 'GetPasswordInfo', '<dbDummy/>')).http).toBe(401);
  expect((await change('Rohlik-2027', 'Rohlik-2027', 'Chleba-2026')).code).toBe('1091');
});

const day = (at: number) => new Date(at).toISOString().slice(0, 10);

test('erased messages are listed in an archive, once, for whoever asked', async () => {
  await using sandbox = await sandboxAt();
  const arrivedAt = sandbox.clock.now() - 200 * DAY;
  const sent = { from: demoBoxes.office, to: demoBoxes.company, annotation: 'Žádost "A"', files, arrivedAt };
  const { dmID } = sandbox.world.deliver(sent);
  sandbox.world.setState(dmID, State.erased);
  const ask = (from: number, to: number, format = 'CSV') => {
    const span = `<dmFromDate>${day(from)}</dmFromDate><dmToDate>${day(to)}</dmToDate>`;
    const form = `<dmMessageType>RECEIVED</dmMessageType><dmOutFormat>${format}</dmOutFormat>`;
    return call(sandbox, 'GetListOfErasedMessages', span + form);
  };
  expect((await ask(arrivedAt, arrivedAt + 40 * DAY)).code).toBe('1263');
  expect((await ask(sandbox.clock.now() - 10 * DAY, sandbox.clock.now())).code).toBe('1266');
  expect((await ask(arrivedAt, arrivedAt, 'PDF')).code).toBe('1265');
  const asyncID = valueOf((await ask(arrivedAt, arrivedAt)).text, 'asyncID') ?? '';
  const pick = (login: string, kind = 'LIST_ERASED') =>
    call(sandbox, 'PickUpAsyncResponse', `<asyncID>${asyncID}</asyncID><asyncReqType>${kind}</asyncReqType>`, login);
  expect((await pick('pekar1', 'JINY')).code).toBe('2350');
  expect((await pick('pekar2')).code).toBe('2351');
  const archive = Buffer.from(valueOf((await pick('pekar1')).text, 'asyncResponse') ?? '', 'base64');
  expect(archive.subarray(0, 2).toString('latin1')).toBe('PK');
  expect(archive.toString()).toContain(`"${dmID}"`);
  expect(archive.toString()).toContain('"Žádost ""A"""');
  expect((await pick('pekar1')).code).toBe('2351');
});

test('the older searches find what the newer ones find', async () => {
  await using sandbox = await sandboxAt();
  const page = '<searchScope>ALL</searchScope><page>0</page><pageSize>10</pageSize>';
  const search = async (operation: string, text: string, type: string) => {
    const inside = `<searchText>${text}</searchText><searchType>${type}</searchType>${page}`;
    return call(sandbox, operation, inside, 'urad01');
  };
  const older = await search('ISDSSearch2', 'horní dolík', 'GENERAL');
  const newer = await search('ISDSSearch3', 'horní dolík', 'GENERAL');
  expect(valuesOf(older.text, 'dbID').length).toBeGreaterThan(0);
  expect(valuesOf(older.text, 'dbID')).toEqual(valuesOf(newer.text, 'dbID'));
  expect(older.text).toContain('dbEffectiveOVM>true<');
  expect((await search('ISDSSearch2', '12345679', 'IDOVM')).code).toBe('1155');
  const found = await call(sandbox, 'FindDataBox', ownerXml1({ dbID: demoBoxes.company }), 'urad01');
  expect(valueOf(found.text, 'firmName')).toBe('Pekařství U Žluťoučkého koně s.r.o.');
});

test('the vault is told of the own box only, which has none', async () => {
  await using sandbox = await sandboxAt();
  const { text } = await call(sandbox, 'DTInfo', `<dbId>${demoBoxes.company}</dbId>`);
  expect(valueOf(text, 'ActDTType')).toBe('0');
  expect((await call(sandbox, 'DTInfo', `<dbId>${demoBoxes.office}</dbId>`)).code).toBe('1004');
});
