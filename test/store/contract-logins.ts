/** What any store promises of log-ins and their failures. */
import { expect, test } from 'vitest';
import type { NewPlace } from './place.ts';

export function loginsContract(newPlace: NewPlace): void {
  test('networks from which somebody has logged in lately are known after a restart', async () => {
    const place = await newPlace();
    const entry = { account: 'urad01', login: 'Urad01', boxId: 'aydaadk' };
    const first = await place.open();
    await first.logins.note({ ...entry, network: '192.0.2.1' }, 5, 0);
    await first.logins.note({ ...entry, account: 'urad02', network: '192.0.2.1' }, 7, 0);
    await first.logins.note({ ...entry, network: '2001:db8:0:1::/64' }, 4, 0);
    await first.close();
    const second = await place.open();
    expect(await second.logins.networks(5)).toEqual(['192.0.2.1']);
    await second.close();
  });

  test('failed log-ins and blocks of ISDS outlive the process, until they are forgiven', async () => {
    const place = await newPlace();
    const moment = { at: 1_000, elapsed: 500.7, origin: 'start-1' };
    const before = await place.open();
    const failure = { account: 'pekar1', network: '192.0.2.1', kind: 'stranger' } as const;
    const key = await before.loginFailures.add(failure, moment);
    const other = await before.loginFailures.add({ ...failure, account: 'nova1', kind: 'known' }, moment);
    await before.loginFailures.happened(key, { at: 2_000, elapsed: 1_500, origin: undefined });
    await before.loginFailures.block('pekar1', 60_000, moment);
    await before.close();
    const after = await place.open();
    const { loginFailures } = after;
    expect(await loginFailures.all()).toEqual([
      { key, ...failure, moment: { at: 2_000, elapsed: 1_500, origin: undefined } },
      { key: other, ...failure, account: 'nova1', kind: 'known', moment: { ...moment, elapsed: 501 } },
    ]);
    expect(await loginFailures.blocks()).toEqual([
      { account: 'pekar1', lasts: 60_000, moment: { ...moment, elapsed: 501 } },
    ]);
    await loginFailures.remove(other);
    await loginFailures.forgive('pekar1');
    expect(await loginFailures.all()).toMatchObject([{ key, account: '', network: '', kind: 'stranger' }]);
    expect(await loginFailures.blocks()).toEqual([]);
    await loginFailures.forgive(undefined);
    expect(await loginFailures.all()).toEqual([]);
  });
}
