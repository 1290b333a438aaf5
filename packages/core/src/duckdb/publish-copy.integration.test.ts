import { rmSync, statSync } from 'node:fs';
import { DatabaseFixture } from './__testUtils__/database-fixture';

jest.setTimeout(60_000);

let refusal: string | undefined;
let mounts: string | undefined;
let freeBytes: number | undefined;
jest.mock('node:fs/promises', () => {
  const actual = jest.requireActual('node:fs/promises');
  return {
    ...actual,
    link: async (from: string, to: string) => {
      if (refusal === undefined) return actual.link(from, to);
      throw Object.assign(new Error(`${refusal}: ${from}`), { code: refusal });
    },
    statfs: async (path: string) =>
      freeBytes === undefined
        ? actual.statfs(path)
        : { bavail: freeBytes, bsize: 1 },
    readFile: async (path: string, encoding: string) =>
      path === '/proc/self/mountinfo' && mounts !== undefined
        ? mounts
        : actual.readFile(path, encoding),
  };
});

describe('CopyPublication', () => {
  let fixture: DatabaseFixture;
  beforeEach(() => {
    fixture = new DatabaseFixture({
      '0001_core.sql': 'CREATE TABLE t(a INTEGER);\n',
    });
  });
  afterEach(() => {
    refusal = undefined;
    mounts = undefined;
    freeBytes = undefined;
    fixture.remove();
  });

  it.each([
    'EPERM',
    'ENOTSUP',
    'EOPNOTSUPP',
    'ENOSYS',
    'EMLINK',
    'EXDEV',
    'EINVAL',
    'EACCES',
  ])('publishes and keeps where the volume says %s to a link', async code => {
    refusal = code;
    await fixture.migrate();
    fixture.write({ '0002_more.sql': 'CREATE TABLE u(a INTEGER);\n' });
    const { backup, outcome } = await fixture.migrate();
    expect(outcome).toBe('migrated');
    expect(
      await fixture.query(
        'SELECT count(*) FROM duckdb_tables()',
        `${fixture.database}.bak.${backup}`,
      ),
    ).toEqual([['3']]);
  });

  it('says before the work that a file which is a mount cannot be replaced', async () => {
    await fixture.migrate();
    fixture.write({ '0002_more.sql': 'CREATE TABLE u(a INTEGER);\n' });
    mounts = `36 35 98:0 /host /data rw - ext4 /dev/root rw\n37 35 98:0 /l ${fixture.database} rw - ext4 /dev/root rw\n`;
    const before = fixture.bytes();
    for (const options of [{ dryRun: true }, {}]) {
      await expect(fixture.migrate({}, options)).rejects.toMatchObject({
        code: 'DATABASE_NOT_REPLACEABLE',
        message: expect.stringContaining('the file itself is a mount'),
      });
    }
    expect(fixture.lines.join()).not.toMatch(/0002_more \d+ of \d+: /);
    expect(fixture.bytes()).toEqual(before);
  });

  it('needs room for the backup, too, where the volume takes no links', async () => {
    await fixture.migrate();
    fixture.write({ '0002_more.sql': 'CREATE TABLE u(a INTEGER);\n' });
    const { size } = statSync(fixture.database);
    const forCopy = Math.ceil(size * 1.2) + 1024 * 1024;
    const before = fixture.bytes();
    freeBytes = forCopy;
    for (const code of ['EPERM', 'ENOTSUP', 'ENOSPC']) {
      refusal = code;
      for (const options of [{ dryRun: true }, {}]) {
        await expect(fixture.migrate({}, options)).rejects.toMatchObject({
          code: 'DATABASE_NO_SPACE',
          message: `the disk of ${
            fixture.database
          } has ${forCopy} bytes free, and ${
            forCopy + size
          } are needed, ${size} of them for the backup: the volume takes no links`,
        });
      }
    }
    expect(fixture.bytes()).toEqual(before);
    refusal = undefined;
    expect(await fixture.migrate()).toMatchObject({ outcome: 'migrated' });
  });

  it('needs room for the backup that is restored, however small the database is', async () => {
    fixture.write({
      '0001_core.sql':
        'CREATE TABLE t AS SELECT uuid() AS a FROM range(200000);\n',
    });
    await fixture.migrate();
    fixture.write({ '0002_more.sql': 'CREATE TABLE u(a INTEGER);\n' });
    const { backup } = await fixture.migrate();
    rmSync(fixture.database);
    await fixture.query('SELECT 1');
    const kept = statSync(`${fixture.database}.bak.${backup}`).size;
    expect(kept).toBeGreaterThan(1024 * 1024 + statSync(fixture.database).size);
    freeBytes = kept;
    await expect(
      fixture.migrate({ operation: 'restore' }),
    ).rejects.toMatchObject({ code: 'DATABASE_NO_SPACE' });
  });
});
