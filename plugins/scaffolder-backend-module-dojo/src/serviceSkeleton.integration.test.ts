import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from 'dojo-testing';
import { parseAllDocuments } from 'yaml';
import {
  MadeService,
  makeService,
  makeServiceOf,
} from './__testUtils__/makeService';
import { renderService, serviceValues } from './__testUtils__/renderService';

// The first run makes a virtual environment from the package index.
jest.setTimeout(300_000);

const ledger = join(__dirname, '../../../examples/ledger');
const folder = mkdtempSync(join(tmpdir(), 'dojo-service-'));
afterAll(() => rmSync(folder, { recursive: true }));

const migrations = 'src/savings/sql/migrations';
const passed = { code: 0, output: expect.stringMatching(/ passed in /) };

/** A property that writes down what it is tried with, and fails for some of it. */
const recordingProperty = `
import os
from hypothesis import given, strategies as st

@given(st.integers())
def test_records(number):
    with open(os.environ["RECORD"], "a") as record:
        print(number, file=record)
    assert number < 1000
`;

describe('a service that was made', () => {
  let service: MadeService;
  beforeAll(async () => {
    const root = join(folder, 'savings/savings');
    await renderService(
      root,
      serviceValues('savings', {
        title: `Käse & "co" \\ 'x' \${y} {{z}} #1: <b>`,
        description: `Käse & "co" \\ 'x' \${y} {{z}} #1: <b>`,
      }),
    );
    service = makeService(root);
  });
  /** Undoes what a test did to the files. */
  afterEach(() => {
    service.git('reset', '--quiet', '--hard', 'main');
    service.git('clean', '--quiet', '--force', '-d');
  });

  it('passes its own tests, covers 60 % with them, and says its seed', async () => {
    const { code, output } = await service.run([
      'scripts/run-tests',
      '--skip-e2e',
      '--coverage',
    ]);
    expect({ code, output }).toEqual(passed);
    expect(output).toMatch(/^HYPOTHESIS_SEED=\d+$/m);
    expect(output).toMatch(/Required test coverage of 60\.0% reached/);
    expect(output).not.toContain('tests/e2e');
  });

  it('fails below 60 %', async () => {
    const { code, output } = await service.run([
      'scripts/run-tests',
      '--coverage',
      '--',
      'tests/unit/test_clock.py',
    ]);
    expect(output).toMatch(/Required test coverage of 60\.0% not reached/);
    expect(code).not.toBe(0);
  });

  it('passes its journeys against the running service', async () => {
    expect(await service.run(['scripts/run-tests', '--filter', 'e2e'])).toEqual(
      passed,
    );
  });

  it('passes its own lint', async () => {
    expect(await service.run(['scripts/lint'])).toMatchObject({ code: 0 });
  });

  it('fails alike under one seed, and otherwise under another', async () => {
    writeFileSync(
      join(service.root, 'tests/property/test_recorded.py'),
      recordingProperty,
    );
    const triedWith = async (seed: string, run: string) => {
      const record = join(folder, `tried-${run}`);
      const { code } = await service.run(
        ['scripts/run-tests', '--', 'tests/property/test_recorded.py'],
        { HYPOTHESIS_SEED: seed, RECORD: record },
      );
      return { code, tried: readFileSync(record, 'utf8') };
    };
    const first = await triedWith('7', 'first');
    expect(first.code).toBe(1);
    expect(await triedWith('7', 'second')).toEqual(first);
    expect((await triedWith('8', 'third')).tried).not.toBe(first.tried);
  });

  it('refuses a seed that is none', async () => {
    expect(
      await service.run(['scripts/run-tests'], { HYPOTHESIS_SEED: 'x' }),
    ).toMatchObject({
      code: 4,
      output: expect.stringContaining("HYPOTHESIS_SEED is 'x'"),
    });
  });

  describe('scripts/run-migrations-check', () => {
    const check = () => service.run(['scripts/run-migrations-check']);
    const file = (name: string) => join(service.root, migrations, name);
    beforeAll(() => service.git('tag', 'v0.1.0'));

    it('passes what was released, and a new migration after it', async () => {
      expect(await check()).toMatchObject({ code: 0 });
      writeFileSync(file('0002_tags.sql'), 'CREATE TABLE tags (id BIGINT);\n');
      expect(await check()).toMatchObject({
        code: 0,
        output: expect.stringMatching(/is at 0002_tags \(2 applied\)\s*$/),
      });
    });

    it.each<[string, () => void, string]>([
      [
        'a gap',
        () => writeFileSync(file('0003_tags.sql'), 'SELECT 1;\n'),
        'MIGRATION_GAP',
      ],
      [
        'a duplicate',
        () => writeFileSync(file('0001_tags.sql'), 'SELECT 1;\n'),
        'MIGRATION_DUPLICATE',
      ],
      [
        'an edit of what was released',
        () =>
          appendFileSync(file('0001_core.sql'), 'CREATE TABLE t (i INTEGER);'),
        'APPLIED_EDITED',
      ],
      [
        'another name of what was released',
        () => renameSync(file('0001_core.sql'), file('0001_begin.sql')),
        'APPLIED_RENAMED',
      ],
      [
        'SQL that does not run',
        () =>
          writeFileSync(
            file('0002_x.sql'),
            'INSERT INTO nowhere VALUES (1);\n',
          ),
        'nowhere',
      ],
    ])('refuses %s', async (_, change, words) => {
      change();
      const { code, output } = await check();
      expect(output).toContain(words);
      expect(code).not.toBe(0);
    });

    it('refuses a clone that does not know the last release', async () => {
      const shallow = join(folder, 'savings/shallow');
      service.git('commit', '--quiet', '--allow-empty', '--message', 'fix: it');
      service.git(
        'clone',
        '--quiet',
        '--depth',
        '1',
        `file://${service.root}`,
        shallow,
      );
      service.git('reset', '--quiet', '--hard', 'v0.1.0');
      const { code, output } = await service.run([
        '../shallow/scripts/run-migrations-check',
      ]);
      expect(output).toContain('git fetch --unshallow --tags');
      expect(code).toBe(2);
    });
  });

  describe('when it is started as its image starts it', () => {
    const database = join(folder, 'started.duckdb');
    const start = (port: number) =>
      service.start(
        [
          ...['.venv/bin/python', '-m', 'uvicorn'],
          ...['savings.core.app:create_app', '--factory'],
          ...['--host', '127.0.0.1', '--port', String(port)],
        ],
        {
          PYTHONPATH: 'src',
          SAVINGS_DB_PATH: database,
          SAVINGS_ENV: 'production',
        },
      );
    const migrate = () =>
      service.run([
        'scripts/dojo',
        ...['migrate', '--database', database, '--migrations', migrations],
      ]);

    it('answers on a database that the command migrated, and gives it up when it is ended', async () => {
      expect(await migrate()).toMatchObject({ code: 0 });
      const port = await freePort();
      const { said, ended, end } = start(port);
      await said('Uvicorn running');
      const get = async (path: string) => {
        const response = await fetch(`http://127.0.0.1:${port}${path}`);
        return `${response.status} ${await response.text()}`;
      };
      try {
        expect(await get('/readyz')).toBe('200 ready\n');
        const page = await get('/');
        expect(page).toContain('There are no accounts yet.');
        expect(page).toContain('<h1>Käse &amp; &quot;co&quot;');
      } finally {
        end();
        await ended;
      }
      expect(
        await service.run(['scripts/rebuild-caches'], {
          SAVINGS_DB_PATH: database,
        }),
      ).toMatchObject({ code: 0 });
    });

    it('stops with a sentence on a database that is behind', async () => {
      expect(await migrate()).toMatchObject({ code: 0 });
      writeFileSync(
        join(service.root, migrations, '0002_tags.sql'),
        'CREATE TABLE tags (id BIGINT);\n',
      );
      const { ended } = start(await freePort());
      expect(await ended).toEqual({
        code: 1,
        output: `Käse & "co" \\ 'x' \${y} {{z}} #1: <b> cannot start: the database ${database} is behind this version: 0002_tags is not applied. Run: dojo migrate --database ${database} --migrations src/savings/sql/migrations\n`,
      });
    });
  });

  it('is started for a developer by scripts/start, on a database of its own', async () => {
    const port = await freePort();
    const { ended, said, end } = service.start(['scripts/start', String(port)]);
    await said('Uvicorn running');
    try {
      const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
      expect(ready.status).toBe(200);
    } finally {
      end();
    }
    expect(await ended).toMatchObject({
      output: expect.stringContaining('Finished server process'),
    });
  });

  it('plans its first release from a clone of the local forge', async () => {
    const forge = join(folder, 'forge');
    service.git(
      'clone',
      '--quiet',
      '--bare',
      // Other tests have released it.
      '--no-tags',
      service.root,
      `${forge}/savings.git`,
    );
    // What stands in for its CI.
    execFileSync(process.execPath, [
      join(__dirname, '../../../scripts/build-image.mjs'),
      ...['--data', folder, '--component', 'savings'],
    ]);
    const plan = await service.run(['scripts/release', '--dry-run'], {
      REPOSITORY: `file://${forge}/savings.git`,
    });
    expect(plan).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /^0\.1\.0 is the first version\.$[^]*-version = "0\.0\.0"\n *\+version = "0\.1\.0"[^]*gets the tag 0\.1\.0$/m,
      ),
    });
  });

  describe('scripts/push-image', () => {
    /** A docker whose registry answers as told, and which writes down what it was asked to do. */
    const push = async (answer: string, status: number) => {
      const bin = mkdtempSync(join(folder, 'docker-'));
      writeFileSync(
        join(bin, 'docker'),
        `#!/bin/sh
echo "$1" >> "${bin}/asked"
case $1 in
  buildx) echo "${answer}"; exit ${status} ;;
  inspect) printf 'other/x@sha256:1\nghcr.io/acme/x@sha256:2\n' ;;
esac
`,
        { mode: 0o755 },
      );
      const { code, output } = await service.run(
        ['scripts/push-image', 'savings:0.1.0', 'ghcr.io/acme/x:0.1.0'],
        { PATH: `${bin}:${process.env.PATH}` },
      );
      const asked = readFileSync(join(bin, 'asked'), 'utf8').trim().split('\n');
      return { code, output, asked };
    };

    it('pushes what is not there, and says its digest', async () => {
      expect(await push('ERROR: ghcr.io/acme/x:0.1.0: not found', 1)).toEqual({
        code: 0,
        output: 'sha256:2\n',
        asked: ['buildx', 'tag', 'push', 'inspect'],
      });
    });

    it('leaves what is there alone', async () => {
      expect(await push('Name: ghcr.io/acme/x:0.1.0', 0)).toEqual({
        code: 0,
        output: 'ghcr.io/acme/x:0.1.0 is there, and stays as it is\n',
        asked: ['buildx'],
      });
    });

    it('pushes nothing where the registry says something else', async () => {
      expect(await push('ERROR: 403 Forbidden', 1)).toEqual({
        code: 1,
        output: 'ERROR: 403 Forbidden\n',
        asked: ['buildx'],
      });
    });
  });

  it('renders one writer without a claim, and with an overlay what the rules ask for', async () => {
    const { output } = await service.run([
      'scripts/dojo',
      'render',
      'deploy/k8s/base',
      '--json',
    ]);
    expect(output).toContain('"kind": "Deployment"');
    const overlay = join(service.root, 'deploy/k8s/overlays/dev');
    mkdirSync(overlay, { recursive: true });
    writeFileSync(
      join(overlay, 'kustomization.yaml'),
      `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: savings-dev
resources: [../../base, pvc.yaml]
components: [../../components/ingress]
images: [{ name: ghcr.io/acme/savings, newTag: 0.1.0 }]
`,
    );
    writeFileSync(
      join(overlay, 'pvc.yaml'),
      `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: dojo-data }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`,
    );
    const rendered = await service.run([
      'scripts/dojo',
      'render',
      'deploy/k8s/overlays/dev',
    ]);
    expect(rendered).toMatchObject({ code: 0 });
    const objects = parseAllDocuments(rendered.output).map(document =>
      document.toJS(),
    );
    expect(objects.map(({ kind }) => kind).sort()).toEqual([
      'ConfigMap',
      'Deployment',
      'Ingress',
      'PersistentVolumeClaim',
      'Service',
    ]);
    const deployment = objects.find(({ kind }) => kind === 'Deployment');
    expect(deployment.spec).toMatchObject({
      replicas: 1,
      strategy: { type: 'Recreate' },
    });
  });
});

describe('examples/ledger', () => {
  it('passes its own lint, and its own tests on the migrations of this repository', async () => {
    const service = makeServiceOf(ledger, join(folder, 'ledger/ledger'));
    expect(await service.run(['scripts/lint'])).toMatchObject({ code: 0 });
    expect(
      await service.run(['scripts/run-tests', '--skip-e2e', '--coverage']),
    ).toEqual(passed);
  });
});
