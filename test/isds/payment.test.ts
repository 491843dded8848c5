import { describe, expect, test } from 'vitest';
import { exampleText } from './examples.ts';
import { answers, CREDENTIALS, isdsAt, soap, startFakeIsds, status } from './fake-isds.ts';

const OK = status('db', '0000');
const OWNER = answers('GetOwnerInfoFromLogin2', '<q:dbOwnerInfo><q:dbID>hqxw7nk</q:dbID></q:dbOwnerInfo>', OK);

/** Shortly after midnight in Prague, still the day before in UTC. */
const NOW = Date.parse('2026-11-27T23:30:00Z');

async function accountAt(...queue: Parameters<typeof startFakeIsds>) {
  const fake = await startFakeIsds(...queue);
  return { fake, account: isdsAt(fake.url, { now: NOW }).account(CREDENTIALS) };
}

describe('ways to pay', () => {
  test('are those of the own box', async () => {
    const { fake, account } = await accountAt(
      OWNER,
      answers(
        'PDZInfo',
        '<q:dbPDZRecords><q:dbPDZRecord><q:PDZType>O</q:PDZType><q:PDZRecip>pepa23v</q:PDZRecip><q:PDZPayer>pepa23v</q:PDZPayer><q:PDZExpire>2027-01-20T15:38:20.797+01:00</q:PDZExpire><q:PDZCnt>1</q:PDZCnt><q:ODZIdent>Č. j. 5/2026</q:ODZIdent></q:dbPDZRecord><q:dbPDZRecord><q:PDZType>K</q:PDZType><q:PDZRecip xsi:nil="true"/><q:PDZPayer>hqxw7nk</q:PDZPayer><q:PDZExpire xsi:nil="true"/><q:PDZCnt xsi:nil="true"/><q:ODZIdent xsi:nil="true"/></q:dbPDZRecord></q:dbPDZRecords>',
        OK,
      ),
    );
    await expect(account.pdzOffers()).resolves.toEqual([
      {
        type: 'O',
        recipientBox: 'pepa23v',
        payerBox: 'pepa23v',
        expiresAt: new Date('2027-01-20T14:38:20.797Z'),
        count: 1,
        replyIdent: 'Č. j. 5/2026',
      },
      {
        type: 'K',
        recipientBox: undefined,
        payerBox: 'hqxw7nk',
        expiresAt: undefined,
        count: undefined,
        replyIdent: undefined,
      },
    ]);
    expect(fake.received[1]?.body.toString()).toContain('<PDZSender>hqxw7nk</PDZSender>');
  });

  test('may be none', async () => {
    const { account } = await accountAt(OWNER, answers('PDZInfo', '', OK));
    await expect(account.pdzOffers()).resolves.toEqual([]);
  });
});

function constant(name: string, value: string, from: string, to: string): string {
  return `<q:constRecord><q:cName>${name}</q:cName><q:cValue>${value}</q:cValue><q:cFrom>${from}</q:cFrom><q:cTo>${to}</q:cTo></q:constRecord>`;
}

test('prices are those of today in Prague, in haléře', async () => {
  const { fake, account } = await accountAt(
    answers(
      'GetConstants',
      `<q:constRecords>${[
        constant('PDZ_CREDIT_PRICE', '900', '2020-01-01', '2026-11-27'),
        constant('PDZ_CREDIT_PRICE', '1000', '2026-11-28', '2099-12-31+01:00'),
        constant('PDZ_CONTRACT_PRICE', '1100', '2026-11-29', '2099-12-31'),
        constant('VOPDZ_CREDIT_PRICE', '3000', '2024-01-01+01:00', '2026-11-28'),
        constant('NĚCO_NOVÉHO', '5', '2024-01-01', '2099-12-31'),
      ].join('')}</q:constRecords>`,
      OK,
    ),
  );
  await expect(account.prices()).resolves.toEqual({
    fromCredit: 1000,
    byContract: undefined,
    largeFromCredit: 3000,
    largeByContract: undefined,
  });
  expect(fake.received[0]?.body.toString()).toContain('<constDate>2026-11-28</constDate>');
});

test('the example is understood', async () => {
  const { account } = await accountAt(OWNER, soap(exampleText('db/PDZInfo.resp.xml')));
  await expect(account.pdzOffers()).resolves.toMatchObject([{ type: 'E', payerBox: 'hqxw7nk', count: 12 }]);
});
