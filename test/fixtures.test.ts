/** The examples of ISDS's requests and answers are what ISDS's schema says, and the sandbox understands the requests among them. */
import { globSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { SCHEMA_VERSIONS, schemaErrors, schemasAreThere } from './official-schema.ts';
import { exampleOctets, exampleText } from './isds/examples.ts';
import { loginOf, postRaw, sandboxAt, soap, valueOf } from './sandbox/client.ts';

const FOLDER = join(import.meta.dirname, 'fixtures', 'isds');

const named = (pattern: string) => globSync(pattern, { cwd: FOLDER }).toSorted();

describe.skipIf(!schemasAreThere)(
  'against the official schemas (skipped when they are not beside the repository)',
  () => {
    test.each(SCHEMA_VERSIONS)('every example is valid: %s', async (version) => {
      for (const [kind, schema] of [
        ['dm', 'dmBaseTypes.xsd'],
        ['db', 'dbTypes.xsd'],
      ] as const) {
        const examples = named(`${kind}/*.xml`).filter((path) => !path.includes('.noschema.'));
        expect(examples.length).toBeGreaterThan(20);
        const documents = examples.map((path) => readFileSync(join(FOLDER, path), 'utf8'));
        expect(await schemaErrors(version, schema, documents)).toEqual([]);
      }
    });
  },
);

/** Where each family of operations lives (isds §1.3); what is tried on a wrong path answers 2006. */
const PATHS = ['dz', 'dx', 'df', 'DsManage'];

/** What is wrong with the request itself, whatever it asks for (isds §9); 2006 is an operation that the sandbox lacks. */
const MISUNDERSTOOD = /^20(?!06|11|19)/;

test.each(named('d[mb]/*.req.xml').filter((path) => !/Big|Upload|DownloadAttachment|Archive/.test(path)))(
  'the sandbox understands %s',
  async (path) => {
    await using sandbox = await sandboxAt();
    const body = soap(exampleText(path).replace(/^<\?xml[^>]*>\s*/, ''));
    const codes = await Promise.all(
      PATHS.map(async (service) => {
        const reply = await postRaw(sandbox, `/DS/${service}`, body, { authorization: loginOf('pekar1') });
        expect(reply.http).toBe(200);
        return reply.code ?? '';
      }),
    );
    expect(codes.filter((code) => MISUNDERSTOOD.test(code))).toEqual([]);
    expect(codes.filter((code) => code !== '2006').length).toBeLessThanOrEqual(1);
  },
);

test.each(['soap11-request.http', 'mtom-upload-request.http'])('the sandbox understands %s', async (name) => {
  await using sandbox = await sandboxAt();
  const request = exampleOctets(`http/${name}`)
    .toString('latin1')
    .replace(/^Authorization: .*$/m, `Authorization: ${loginOf('pekar1')}\r\nConnection: close`);
  const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
  socket.end(Buffer.from(request, 'latin1'));
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(valueOf(answer, '(?:dm|db)StatusCode')).toBe('0000');
});

test('every example is named after its operation', () => {
  const names = named('d[mb]/*.xml').map((path) => basename(path).split('.')[0]);
  expect(names.filter((name) => !/^(?:[A-Z]\w+|zfo-payload-(?:message|sent|delivery))$/.test(name ?? ''))).toEqual([]);
});
