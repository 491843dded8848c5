import { beforeAll, describe, expect, test } from 'vitest';
import { demoBoxes } from '../../src/sandbox/index.ts';
import {
  bodyOf,
  call,
  fileXml,
  letterXml,
  listQuery,
  multipleXml,
  operationXml,
  ownerXml,
  ownerXml1,
  sandboxAt,
  valueOf,
} from './client.ts';
import { ask, bigMessageXml, megabytes, referenceXml, upload, uploadXml } from './large-client.ts';
import { SCHEMA_VERSIONS, schemaErrors, schemasAreThere } from '../official-schema.ts';

const dates = (from: string, to: string) => `<ciFromDate>${from}</ciFromDate><ciTodate>${to}</ciTodate>`;

const pick = (number: string) => `<asyncID>${number}</asyncID><asyncReqType>LIST_ERASED</asyncReqType>`;

const BOX_SERVICES =
  /^<(?:\w+:)?(?:Get(?:Owner|User|Password)Info|ChangeISDSPassword|CheckDataBox|ISDSSearch[23]|FindDataBox|PDZ(?:Send)?Info|GetConstants|DataBoxCredit|DTInfo)/;

describe.skipIf(!schemasAreThere)(
  'against the official schemas (skipped when they are not beside the repository)',
  () => {
    const documents: string[] = [];

    beforeAll(async () => {
      await using sandbox = await sandboxAt();
      const run = async (operation: string, inside: string, login?: string) => {
        const { text } = await call(sandbox, operation, inside, login);
        documents.push(operationXml(operation, inside), bodyOf(text));
      };
      const search =
        '<searchText>horní dolík</searchText><searchType>GENERAL</searchType><searchScope>ALL</searchScope><page>0</page><pageSize>10</pageSize>';
      for (const login of ['pekar1', 'zofie1', 'urad01', 'kamil1']) {
        await run('GetOwnerInfoFromLogin2', '<dbDummy></dbDummy>', login);
        await run('GetUserInfoFromLogin2', '<dbDummy></dbDummy>', login);
        await run('GetPasswordInfo', '<dbDummy></dbDummy>', login);
        await run('ISDSSearch3', search, login);
        await run('GetListOfReceivedMessages', listQuery(), login);
        await run('GetListOfSentMessages', listQuery({ unit: 'dmSenderOrgUnitNum' }), login);
        await run('GetMessageStateChanges', '<dmFromTime xsi:nil="true"/><dmToTime xsi:nil="true"/>', login);
      }
      for (const { dmID } of sandbox.world.messagesOf(demoBoxes.company, 'recipient')) {
        for (const operation of [
          'MessageDownload',
          'SignedMessageDownload',
          'MessageEnvelopeDownload',
          'GetDeliveryInfo',
          'MarkMessageAsDownloaded',
        ]) {
          await run(operation, `<dmID>${dmID}</dmID>`);
        }
      }
      // Refusals have bodies too.
      await run('MessageDownload', '<dmID>1</dmID>');
      await run('CheckDataBox', `<dbID>${demoBoxes.closed}</dbID>`);
      await run('CheckDataBox', '<dbID>aydaadk</dbID>');
      await run('PDZSendInfo', `<dbId>${demoBoxes.builder}</dbId><PDZType>Normal</PDZType>`);
      await run('PDZInfo', `<PDZSender>${demoBoxes.company}</PDZSender>`);
      await run('PDZInfo', `<PDZSender>${demoBoxes.builder}</PDZSender>`, 'stavby');
      await run('GetConstants', '<constDate>2026-11-28</constDate>');
      await run('DummyOperation', '');
      await run('CreateMessage', letterXml());
      await run('CreateMessage', letterXml({ dbIDRecipient: demoBoxes.closed }));
      const published = '<dmOVM>false</dmOVM><dmPublishOwnID IdLevel="3">true</dmPublishOwnID></dmEnvelope>';
      await run('CreateMessage', letterXml().replace('</dmEnvelope>', published));
      await run('CreateMultipleMessage', multipleXml([demoBoxes.person, demoBoxes.closed]), 'urad01');
      await run('CreateMultipleMessage', multipleXml([demoBoxes.builder, demoBoxes.office]));
      const runLarge = async (operation: string, inside: string, login?: string) => {
        const { text } = await ask(sandbox, operation, inside, login === undefined ? {} : { login });
        documents.push(operationXml(operation, inside), bodyOf(text));
        return valueOf(text, 'dmID') ?? '';
      };
      const small = { name: 'a.txt', type: 'text/plain', content: Buffer.from('a') };
      documents.push(uploadXml(small, 'QQ=='), bodyOf((await upload(sandbox, small)).text));
      documents.push(bodyOf((await upload(sandbox, { ...small, name: 'a.exe' })).text));
      const reference = referenceXml(await upload(sandbox, megabytes(18)));
      const all =
        '<dmLegalTitleLaw>500</dmLegalTitleLaw><dmOVM xsi:nil="true"/><dmPublishOwnID IdLevel="1">true</dmPublishOwnID>';
      await runLarge('CreateBigMessage', bigMessageXml(reference + fileXml(small, 1), demoBoxes.person, all), 'urad01');
      await runLarge('CreateBigMessage', bigMessageXml(reference), 'urad01');
      const { dmID } = sandbox.world.deliver({
        from: demoBoxes.office,
        to: demoBoxes.company,
        vodz: true,
        suspicious: true,
        files: [{ name: 'a.txt', mimeType: 'text/plain', metaType: 'main', content: Buffer.from('a') }],
      });
      for (const operation of ['BigMessageDownload', 'SignedBigMessageDownload'])
        await runLarge(operation, `<dmID>${dmID}</dmID>`);
      await run('GetListOfReceivedMessages', listQuery());
      await run('MessageEnvelopeDownload', `<dmID>${dmID}</dmID>`);
      await run('MessageDownload', `<dmID>${dmID}</dmID>`);
      for (const operation of ['BigMessageDownload', 'SignedBigMessageDownload'])
        await runLarge(operation, `<dmID>${dmID}</dmID>`);
      await runLarge('SignedSentBigMessageDownload', `<dmID>${dmID}</dmID>`, 'urad01');
      for (const number of [0, 1])
        await runLarge('DownloadAttachment', `<dmID>${dmID}</dmID><attNum>${number}</attNum>`);
      await run('SentMessageEnvelopeDownload', `<dmID>${dmID}</dmID>`, 'urad01');
      for (const login of ['urad01', 'pekar1']) {
        for (const owner of [{ dbID: demoBoxes.farm }, { ic: '28765435' }, { dbType: 'FO', pnLastName: 'Tichá' }])
          await run('FindDataBox2', ownerXml(owner), login);
      }
      await run('FindDataBox2', ownerXml({ dbID: 'aydaadk' }));
      await run('DataBoxCreditInfo', `<dbID>${demoBoxes.company}</dbID>${dates('2026-01-01', '2026-11-01')}`);
      await run('DataBoxCreditInfo', `<dbID>${demoBoxes.company}</dbID>${dates('2026-11-01', '2026-01-01')}`);
      await run('SignedSentMessageDownload', `<dmID>${dmID}</dmID>`, 'urad01');
      for (const login of ['pekar1', 'zofie1', 'urad01']) {
        await run('GetOwnerInfoFromLogin', '<dbDummy></dbDummy>', login);
        await run('GetUserInfoFromLogin', '<dbDummy></dbDummy>', login);
        await run('ISDSSearch2', search, login);
        for (const owner of [{ dbID: demoBoxes.farm }, { ic: '28765435' }, { dbType: 'FO', pnLastName: 'Tichá' }])
          await run('FindDataBox', ownerXml1(owner), login);
      }
      await run('DTInfo', `<dbId>${demoBoxes.company}</dbId>`);
      await run('DTInfo', `<dbId>${demoBoxes.office}</dbId>`);
      const passwords = '<dbOldPassword>Chleba-2026</dbOldPassword><dbNewPassword>krátké</dbNewPassword>';
      await run('ChangeISDSPassword', passwords);
      const id = `<dmID>${dmID}</dmID>`;
      for (const operation of ['GetSignedDeliveryInfo', 'GetMessageAuthor', 'GetMessageAuthor2', 'VerifyMessage']) {
        await run(operation, id, 'urad01');
        await run(operation, '<dmID>1</dmID>', 'urad01');
      }
      const { text: sealed } = await call(sandbox, 'GetSignedDeliveryInfo', id, 'urad01');
      const document = `<dmMessage>${valueOf(sealed, 'dmSignature')}</dmMessage>`;
      await run('AuthenticateMessage', document);
      await run('AuthenticateMessage', '<dmMessage>QQ==</dmMessage>');
      await runLarge('AuthenticateBigMessage', document);
      await run('SuspMessageReport', `${id}<allowComplete>false</allowComplete><note>Reklama</note>`);
      const span = '<dmYear>2026</dmYear><dmMonth>3</dmMonth><dmMessageType>SENT</dmMessageType>';
      const { text: asked } = await call(sandbox, 'GetListOfErasedMessages', `${span}<dmOutFormat>CSV</dmOutFormat>`);
      documents.push(bodyOf(asked));
      await run('GetListOfErasedMessages', `${span}<dmOutFormat>XML</dmOutFormat>`);
      await run('PickUpAsyncResponse', pick(valueOf(asked, 'asyncID') ?? ''));
      await run('PickUpAsyncResponse', pick('x'));
    });

    test.each(SCHEMA_VERSIONS)('every request and answer is valid in %s', async (version) => {
      const box = documents.filter((document) => BOX_SERVICES.test(document));
      const message = documents.filter((document) => !BOX_SERVICES.test(document));
      expect(documents.length).toBeGreaterThan(120);
      expect(await schemaErrors(version, 'dbTypes.xsd', box)).toEqual([]);
      expect(await schemaErrors(version, 'dmBaseTypes.xsd', message)).toEqual([]);
    });

    test('the schema would notice an element in the wrong place', async () => {
      const wrong = operationXml('CreateMessage', letterXml().replace('<dmSenderIdent xsi:nil="true"/>', ''));
      expect(await schemaErrors('wsdl', 'dmBaseTypes.xsd', [wrong])).not.toEqual([]);
    });
  },
);
