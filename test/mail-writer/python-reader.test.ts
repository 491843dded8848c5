/** The mail as Python's own parser reads it: strict where mailparser is lenient. */
import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { composeReceivedMail, filling } from '../../src/mail-writer/index.ts';
import { envelopeOf } from './envelope.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Its newer address parser keeps the blank between two encoded words, so From is read the older way. */
const READER = `
import email, email.policy, json, sys
from email.header import decode_header, make_header
octets = sys.stdin.buffer.read()
mail = email.message_from_bytes(octets, policy=email.policy.default)
parts = list(mail.iter_parts())
def text(part):
    return part.get_payload(decode=True).decode('utf-8').replace('\\r\\n', '\\n')
print(json.dumps({
    'from': str(make_header(decode_header(email.message_from_bytes(octets)['From']))),
    'subject': mail['Subject'],
    'reference': str(mail['X-ISDS-Sender-Ref-Number']),
    'text': text(parts[0]),
    'files': [[part.get_filename(), part.get_content_type(), text(part)] for part in parts[1:]],
    'defects': [type(d).__name__ for part in [mail, *parts] for d in part.defects],
    'headersWithDefects': sorted({name for part in [mail, *parts] for name, value in part.items() if value.defects}),
}))
`;

test.skipIf(!hasPython)(
  'Python reads text, names and files and finds no other defect than the one that is meant (needs python3)',
  () => {
    const mail = composeReceivedMail(envelopeOf(), { domain: 'datovka.example.cz', now: 0 });
    const long = `${'Příloha č. 1 – úplné znění 漢 '.repeat(9).slice(0, 251)}.txt`;
    const content = Buffer.from(`${Buffer.from('Žluťoučký kůň').toString('base64')}\r\n`);
    const octets = Buffer.concat([
      mail.head,
      ...['žádost.exe', 'žádost.exe', long, 'plain 100%.exe'].flatMap((name) => [mail.fileHead({ name }), content]),
      mail.originalHead({ 'X-ISDS-Seal': 'valid' }),
      content,
      mail.note('Poznámka: příloha č. 2 chybí.\n'),
      mail.end,
      ...filling(500),
    ]);
    const seen: unknown = JSON.parse(execFileSync('python3', ['-c', READER], { input: octets, encoding: 'utf8' }));
    expect(seen).toMatchObject({
      subject: 'Výzva k doplnění žádosti o stavební povolení',
      from: 'Úřad městské části Praha 99 – odbor dopravy <aydaadk@datovka.example.cz>',
      reference: 'ÚMČ/123/2026',
      text: expect.stringContaining('Doručeno: 20. 11. 2026 10:00:00, přihlášením oprávněné osoby\n'),
      files: [
        ['žádost.exe', 'application/octet-stream', 'Žluťoučký kůň'],
        ['žádost (2).exe', 'application/octet-stream', 'Žluťoučký kůň'],
        [long, 'text/plain', 'Žluťoučký kůň'],
        ['plain 100%.exe', 'application/octet-stream', 'Žluťoučký kůň'],
        ['DZ_1490000010.zfo', 'application/vnd.software602.filler.form-xml-zip', 'Žluťoučký kůň'],
        [null, 'text/plain', 'Poznámka: příloha č. 2 chybí.\n'],
      ],
      defects: [],
      // Encoded words in `name` are against RFC 2047 §5 on purpose: it is the form that Outlook reads (mail-clients §8.7).
      headersWithDefects: ['Content-Type'],
    });
  },
);
