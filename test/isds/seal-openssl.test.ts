import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSealKey, type SealKey } from '../../src/sandbox/seal-key.ts';
import { makeSigned } from './cms.ts';
import { judge } from './judging.ts';
import { HAS_OPENSSL, Workshop } from './openssl.ts';
import { pem } from './sealed-message.ts';

const CONTENT = Buffer.from('Příliš žluťoučký kůň úpěl ďábelské ódy. '.repeat(500));
const YEAR = 365 * 86_400_000;

describe.skipIf(!HAS_OPENSSL)('against OpenSSL (skipped without it)', () => {
  let workshop: Workshop;
  let key: SealKey;
  let expired: SealKey;

  beforeAll(async () => {
    workshop = new Workshop();
    workshop.certify('Kořen', 'authority', 'Kořen');
    workshop.certify('Vydavatel', 'authority', 'Kořen');
    workshop.certify('Pečeť', 'seal', 'Vydavatel');
    workshop.certify('Pečeť RSA', 'seal', 'Kořen', 'rsa');
    workshop.certify('Pečeť PSS', 'seal', 'Kořen', 'rsa-pss');
    workshop.certify('Podpis', 'seal', 'Pečeť');
    workshop.certify('Razítko', 'time-stamps', 'Kořen');
    workshop.certify('Cizí', 'time-stamps', 'Cizí');
    [key, expired] = await Promise.all([makeSealKey(Date.now()), makeSealKey(Date.now() - 3 * YEAR)]);
  });
  afterAll(() => workshop.remove());

  const root = () => workshop.certificate('Kořen');
  const anchors = (sealKey: SealKey) => pem(sealKey) + root();
  const stampedBy = (name: string) => (signature: Buffer) => workshop.stamp(signature, name);
  const forged = (signature: Buffer) => reissued(workshop.stampInfo(signature, 'Razítko'), 'Pečeť RSA');

  test.each([
    ['RSA PKCS#1 v1.5', 'Pečeť RSA', []],
    ['indefinite lengths', 'Pečeť RSA', ['-stream']],
    ['RSA-PSS', 'Pečeť RSA', ['-keyopt', 'rsa_padding_mode:pss']],
    ['RSA-PSS with SHA-512', 'Pečeť RSA', ['-md', 'sha512', '-keyopt', 'rsa_padding_mode:pss']],
    [
      'RSA-PSS with another length of salt',
      'Pečeť RSA',
      ['-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:20'],
    ],
    ['RSA-PSS by a key for nothing else', 'Pečeť PSS', ['-keyopt', 'rsa_padding_mode:pss']],
    ['CAdES attributes', 'Pečeť RSA', ['-cades']],
    ['a key identifier in the place of a name', 'Pečeť RSA', ['-keyid']],
  ])('a seal with %s is valid', (_, name, options) => {
    const cms = workshop.sign(CONTENT, name, ...options);
    expect(judge(cms, { anchors: root() })).toEqual({
      verdict: 'valid',
      signer: `${name}, Příklad, s. p.`,
      timeStamped: false,
    });
    expect(workshop.finds(cms, 'Kořen')).toBe(true);
  });

  test.each(['sha256', 'sha384', 'sha512'])('a seal with ECDSA and %s over an authority between is valid', (digest) => {
    const cms = withChain('Pečeť', '-md', digest);
    expect(judge(cms, { anchors: root() })).toMatchObject({ verdict: 'valid', signer: 'Pečeť, Příklad, s. p.' });
    expect(workshop.finds(cms, 'Kořen')).toBe(true);
  });

  test('our own maker makes what OpenSSL finds sound', () => {
    workshop.adopt('Pískoviště', pem(key));
    expect(workshop.finds(makeSigned(CONTENT, key, { segment: 1000 }), 'Pískoviště')).toBe(true);
  });

  test('a seal whose chain has a gap is not to be trusted', () => {
    const cms = workshop.sign(CONTENT, 'Pečeť');
    expect(judge(cms, { anchors: root() })).toMatchObject({ verdict: 'invalid', problem: 'untrusted' });
    expect(workshop.finds(cms, 'Kořen')).toBe(false);
  });

  test('attack: a certificate issued by one that is no authority is not to be trusted', () => {
    const cms = withChain('Podpis');
    expect(judge(cms, { anchors: root() })).toMatchObject({ problem: 'untrusted' });
    expect(judge(cms, { anchors: workshop.certificate('Pečeť') })).toMatchObject({ problem: 'untrusted' });
  });

  test('a seal with SHA-1 is not checked at all, because its content is not', () => {
    expect(() => judge(workshop.sign(CONTENT, 'Pečeť RSA', '-md', 'sha1'), { anchors: root() })).toThrow('differs');
  });

  test('a seal without attributes says nothing about its content', () => {
    expect(() => judge(workshop.sign(CONTENT, 'Pečeť RSA', '-noattr'), { anchors: root() })).toThrow(
      'unreadable signer',
    );
  });

  describe('a time stamp', () => {
    test('proves when the seal was made', () => {
      const before = Math.floor(Date.now() / 1000) * 1000;
      const seal = judge(makeSigned(CONTENT, key, { timeStamp: stampedBy('Razítko') }), { anchors: anchors(key) });
      expect(seal).toEqual({
        verdict: 'valid',
        signer: 'Zkušební pečeť pískoviště',
        timeStamped: true,
        sealedAt: expect.any(Date) as Date,
      });
      expect(seal.sealedAt?.getTime()).toBeGreaterThanOrEqual(before);
      expect(seal.sealedAt?.getTime()).toBeLessThanOrEqual(Date.now());
    });

    test('keeps a seal valid after its certificate has ended', () => {
      const now = new Date(Date.now() + 20 * YEAR);
      const stamped = makeSigned(CONTENT, key, { timeStamp: stampedBy('Razítko') });
      expect(judge(stamped, { anchors: anchors(key), now })).toMatchObject({ verdict: 'valid' });
      expect(judge(makeSigned(CONTENT, key), { anchors: anchors(key), now })).toMatchObject({
        problem: 'not-in-force',
      });
    });

    test('shows that a certificate had ended before the seal was made', () => {
      const stamped = makeSigned(CONTENT, expired, { timeStamp: stampedBy('Razítko') });
      const now = new Date(Date.now() - 3 * YEAR);
      expect(judge(stamped, { anchors: anchors(expired), now })).toMatchObject({
        verdict: 'invalid',
        problem: 'not-in-force',
        sealedAt: expect.any(Date) as Date,
      });
    });

    test.each([
      ['time-stamp-untrusted', 'of a foreign authority', (signature: Buffer) => workshop.stamp(signature, 'Cizí')],
      ['time-stamp-foreign', 'over another seal', () => workshop.stamp(Buffer.from('jiná pečeť'), 'Razítko')],
      [
        'time-stamp-signature',
        'with a changed time',
        (signature: Buffer) => postponed(workshop.stamp(signature, 'Razítko')),
      ],
      ['time-stamp-unreadable', 'that breaks off', (signature: Buffer) => halved(signature)],
      ['time-stamp-unreadable', 'that is an ordinary signature', () => workshop.sign(CONTENT, 'Pečeť RSA')],
    ])('is found %s when it is one %s', (problem, _, timeStamp) => {
      expect(judge(makeSigned(CONTENT, key, { timeStamp }), { anchors: anchors(key) })).toEqual({
        verdict: 'invalid',
        problem,
        signer: 'Zkušební pečeť pískoviště',
        timeStamped: true,
      });
    });

    test('attack: of a trusted authority, but by a certificate that is not for time stamps, is not to be trusted', () => {
      // OpenSSL makes no such time stamp, so what one says is signed as if it were any other content.
      expect(judge(makeSigned(CONTENT, key, { timeStamp: forged }), { anchors: anchors(key) })).toMatchObject({
        problem: 'time-stamp-untrusted',
      });
    });
  });

  /** A token that says this. */
  function reissued(info: Buffer, name: string): Buffer {
    return workshop.sign(info, name, '-econtent_type', '1.2.840.113549.1.9.16.1.4');
  }

  function halved(signature: Buffer): Buffer {
    const info = workshop.stampInfo(signature, 'Razítko');
    return reissued(info.subarray(0, info.length / 2), 'Razítko');
  }

  /** Signed with all certificates that lead to the root beside. */
  function withChain(name: string, ...options: string[]): Buffer {
    const others = ['Vydavatel', 'Pečeť'].filter((other) => other !== name);
    const chain = others.map((other) => workshop.certificate(other)).join('');
    return workshop.sign(CONTENT, name, '-certfile', workshop.keep('chain.pem', chain), ...options);
  }
});

/** The same token with another year in genTime. */
function postponed(token: Buffer): Buffer {
  const changed = Buffer.from(token);
  const at = changed.indexOf(Buffer.from([0x18, 0x0f])) + 2;
  changed.write('2099', at);
  return changed;
}
