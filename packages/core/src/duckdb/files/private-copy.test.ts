import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrivateCopy, removeDeadCopies } from './private-copy';

/** More than any process has. */
const deadPid = 999_999_999;

describe('createPrivateCopy', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojo-private-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const placeOf = (name: string) => ({
    path: join(folder, name),
    folder,
    name,
    exists: true,
  });

  it('makes room of what a check left that was killed', async () => {
    const host =
      hostname()
        .replace(/[^A-Za-z0-9]/g, '')
        .slice(0, 63) || 'host';
    mkdirSync(join(folder, `.l.duckdb.dojo-${host}-${deadPid}-a1b2c3`));
    mkdirSync(join(folder, `.l.duckdb.dojo-other${host}-${deadPid}-a1b2c3`));
    const copy = await createPrivateCopy(placeOf('l.duckdb'));
    await copy.dispose();
    expect(readdirSync(folder)).toEqual([
      `.l.duckdb.dojo-other${host}-${deadPid}-a1b2c3`,
    ]);
  });

  it('makes room of what the process before one of the same id left', async () => {
    const other = spawn(process.execPath, [
      '-e',
      'setInterval(() => {}, 1000)',
    ]);
    const host =
      hostname()
        .replace(/[^A-Za-z0-9]/g, '')
        .slice(0, 63) || 'host';
    const left = `.l.duckdb.dojo-${host}-${other.pid}-a1b2c3`;
    try {
      mkdirSync(join(folder, left));
      await removeDeadCopies(placeOf('l.duckdb'), { all: false });
      expect(readdirSync(folder)).toEqual([left]);
      writeFileSync(join(folder, left, '.owner'), 'of another boot 1');
      await removeDeadCopies(placeOf('l.duckdb'), { all: false });
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      other.kill('SIGKILL');
    }
  });

  it.each([
    'l',
    'n'.repeat(190),
    '\u{1f600}'.repeat(47),
    `n${'\u00fc'.repeat(94)}`,
  ])(
    'makes a folder that is found again, for a database called %s',
    async name => {
      await createPrivateCopy(placeOf(name));
      expect(readdirSync(folder)).toHaveLength(1);
      await removeDeadCopies(placeOf(name), { all: false });
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});
