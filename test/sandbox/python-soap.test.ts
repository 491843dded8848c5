/** The sandbox serves a SOAP client that nobody wrote for it: Python's zeep, by the official WSDL. */
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { SCHEMA_FOLDER, schemasAreThere } from '../official-schema.ts';
import { CALL_EVERYTHING } from './python-soap-client.ts';
import { systemClock } from '../../src/core/index.ts';

/** Debian's packages belong to Debian's Python, which need not be the first in the path. */
const python = ['python3', '/usr/bin/python3'].find((one) => spawnSync(one, ['-c', 'import zeep']).status === 0);

const LIMITS = { timeout: 60_000, maxBuffer: 16 * 1024 * 1024 } as const;

const OPERATION = /^\["(\w+)"/;
/** The answer of MarkMessageAsDownloaded is nothing but a status. */
const CODE = /"d[bm]StatusCode": "(\d{4})"/;

const CONTENT = Buffer.from('Do třiceti dnů…').toString('base64');
const DOWNLOADED = [
  'MessageDownload',
  {
    dmReturnedMessage: {
      dmDm: {
        dmSender: 'Úřad městské části Horní Dolík',
        dmAnnotation: 'Výzva č. 1',
        dmFiles: { dmFile: [{ dmFileDescr: 'výzva.txt', dmEncodedContent: CONTENT }] },
      },
    },
  },
];

test.skipIf(python === undefined || !schemasAreThere)(
  'zeep calls every kind of operation (skipped without python3-zeep, or the WSDL beside the repository)',
  async () => {
    const sandbox = await startSandbox({ clock: systemClock });
    try {
      const { stdout } = await promisify(execFile)(
        python ?? '',
        ['-c', CALL_EVERYTHING, sandbox.url, SCHEMA_FOLDER],
        LIMITS,
      );
      const answers = stdout.trimEnd().split('\n');
      expect(answers.map((line) => CODE.exec(line)?.[1])).toEqual(answers.map(() => '0000'));
      // Each was asked once, and nothing else.
      const asked = answers.map((line) => OPERATION.exec(line)?.[1]);
      expect(sandbox.calls.all().map(({ operation }) => operation)).toEqual(asked);
      expect(asked).toHaveLength(30);
      const download = answers[asked.indexOf('MessageDownload')] ?? '';
      expect(JSON.parse(download)).toMatchObject(DOWNLOADED);
    } finally {
      await sandbox.close();
    }
  },
  LIMITS.timeout,
);
