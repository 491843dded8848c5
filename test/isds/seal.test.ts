import { beforeAll, describe, expect, test } from 'vitest';
import { createIsds } from '../../src/isds/index.ts';
import { BrokenOriginal } from '../../src/isds/signed/broken-original.ts';
import { derIdentifier, derNull, derSequence, derTagged, derTime } from '../../src/sandbox/der.ts';
import { makeSealKey, type SealKey } from '../../src/sandbox/seal-key.ts';
import { makeSigned } from './cms.ts';
import { judge } from './judging.ts';
import { pem } from './sealed-message.ts';
import { systemClock } from '../../src/core/index.ts';

const CONTENT = Buffer.from('žluťoučký kůň');
const DAY = 86_400_000;

let key: SealKey;
let stranger: SealKey;
beforeAll(async () => {
  [key, stranger] = await Promise.all([makeSealKey(Date.now()), makeSealKey(Date.now())]);
});

describe('a seal', () => {
  test('is valid under its own certificate as trust anchor', () => {
    expect(judge(makeSigned(CONTENT, key, { segment: 3 }), { anchors: pem(key) })).toEqual({
      verdict: 'valid',
      signer: 'Zkušební pečeť pískoviště',
      timeStamped: false,
    });
  });

  test('is valid under one of several anchors', () => {
    const anchors = `Kořen 1:\n${pem(stranger)}\nKořen 2:\n${pem(key)}`;
    expect(judge(makeSigned(CONTENT, key), { anchors })).toMatchObject({ verdict: 'valid' });
  });

  test('is unchecked without anchors, whatever it is like', () => {
    expect(judge(makeSigned(CONTENT, key, { certificates: [] }))).toEqual({ verdict: 'unchecked', timeStamped: false });
  });

  test('may use another digest of the SHA-2 family', () => {
    expect(judge(makeSigned(CONTENT, key, { digest: 'sha512' }), { anchors: pem(key) })).toMatchObject({
      verdict: 'valid',
    });
  });

  test('by a stranger is not to be trusted', () => {
    expect(judge(makeSigned(CONTENT, stranger), { anchors: pem(key) })).toEqual({
      verdict: 'invalid',
      problem: 'untrusted',
      signer: 'Zkušební pečeť pískoviště',
      timeStamped: false,
    });
  });

  test('attack: by a stranger who puts the trusted certificate beside is not valid', () => {
    const both = makeSigned(CONTENT, stranger, { certificates: [key.certificate, stranger.certificate] });
    expect(judge(both, { anchors: pem(key) })).toMatchObject({ problem: 'untrusted' });
    const impostor = { ...key, privateKey: stranger.privateKey };
    expect(judge(makeSigned(CONTENT, impostor), { anchors: pem(key) })).toMatchObject({ problem: 'signature' });
  });

  test('attack: with a changed attribute is not valid', () => {
    const cms = makeSigned(CONTENT, key);
    const time = derTime(Date.parse('2026-11-20T08:15:00Z'));
    const at = cms.indexOf(time) + 4;
    cms[at] = (cms[at] ?? 0) ^ 1;
    expect(judge(cms, { anchors: pem(key) })).toMatchObject({ verdict: 'invalid', problem: 'signature' });
  });

  test('attack: over something that is said to be of another type is not valid', () => {
    const cms = makeSigned(CONTENT, key, { signedType: '1.2.840.113549.1.9.16.1.4' });
    expect(judge(cms, { anchors: pem(key) })).toMatchObject({ verdict: 'invalid', problem: 'signature' });
  });

  test('without its certificate, or with garbage in its place, is not valid', () => {
    for (const certificates of [[], [Buffer.from('3003020100', 'hex')], [stranger.certificate]])
      expect(judge(makeSigned(CONTENT, key, { certificates }), { anchors: pem(key) })).toMatchObject({
        verdict: 'invalid',
        problem: 'certificate-missing',
      });
  });

  const RSA_PSS = derIdentifier('1.2.840.113549.1.1.10');
  const ignored: [string, Buffer][] = [
    ['RSA-PSS with nothing said, which means SHA-1', derSequence(RSA_PSS, derSequence())],
    ['RSA-PSS with parameters left out', derSequence(RSA_PSS)],
    [
      'RSA-PSS with garbage for parameters',
      derSequence(RSA_PSS, derSequence(derTagged(0, derNull()), derTagged(7, derNull()))),
    ],
    ['RSA with SHA-1', derSequence(derIdentifier('1.2.840.113549.1.1.5'), derNull())],
    ['an algorithm that nobody knows', derSequence(derIdentifier('1.2.3.4'))],
  ];

  test.each(ignored)('made with %s is not valid', (_, algorithm) => {
    expect(judge(makeSigned(CONTENT, key, { algorithm }), { anchors: pem(key) })).toEqual({
      verdict: 'invalid',
      problem: 'algorithm',
      timeStamped: false,
    });
  });

  test('that says another algorithm than its key has is not valid', () => {
    const algorithm = derSequence(derIdentifier('1.2.840.10045.4.3.2'));
    expect(judge(makeSigned(CONTENT, key, { algorithm }), { anchors: pem(key) })).toMatchObject({
      problem: 'signature',
    });
  });

  test('attack: with a certificate whose key is garbage is not valid and stops nothing', () => {
    const certificate = Buffer.from(key.certificate);
    const rsa = certificate.indexOf(derIdentifier('1.2.840.113549.1.1.1'));
    certificate[rsa + 10] = 0x7f;
    const cms = makeSigned(CONTENT, { ...key, certificate });
    expect(judge(cms, { anchors: pem(key) })).toMatchObject({ verdict: 'invalid', problem: 'signature' });
  });

  test.each([
    ['had ended', 2 * 365 * DAY],
    ['had not begun', -2 * 365 * DAY],
  ])('whose certificate %s is not valid', (_, offset) => {
    const now = new Date(Date.now() + offset);
    expect(judge(makeSigned(CONTENT, key), { anchors: pem(key), now })).toMatchObject({
      verdict: 'invalid',
      problem: 'not-in-force',
    });
  });

  test('with garbage for a time stamp is not valid', () => {
    for (const garbage of ['0500', '3000', '300306012a'])
      expect(
        judge(makeSigned(CONTENT, key, { timeStamp: () => Buffer.from(garbage, 'hex') }), { anchors: pem(key) }),
      ).toMatchObject({ verdict: 'invalid', problem: 'time-stamp-unreadable', timeStamped: true });
  });

  test('over other content is no seal of this message at all', () => {
    const cms = makeSigned(CONTENT, key);
    cms[cms.indexOf(CONTENT)] = 0x41;
    expect(() => judge(cms)).toThrow(BrokenOriginal);
  });
});

test.each(['', 'žádný certifikát'])('settings without a certificate are refused at the start: "%s"', (sealAnchors) => {
  const config = { domain: 'x', baseUrls: {}, ca: undefined, userAgent: 'x', sealAnchors };
  expect(() => createIsds(config, { clock: systemClock })).toThrow('trust anchors');
});
