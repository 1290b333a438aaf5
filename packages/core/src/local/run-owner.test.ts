import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  hostMark,
  isAlive,
  isOwnerAlive,
  noteOwner,
  ownerMark,
} from './run-owner';

describe('ownerMark', () => {
  it('names host and process in letters and digits', () => {
    expect(ownerMark()).toBe(`${hostMark()}-${process.pid}`);
    expect(ownerMark()).toMatch(/^[A-Za-z0-9]{1,63}-\d+$/);
  });
});

describe('isAlive', () => {
  it('tells a living process from one that never was', () => {
    expect(isAlive(process.pid)).toBe(true);
    expect(isAlive(4_190_000)).toBe(false);
  });
});

describe('noteOwner', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojo-owner-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('never lets a living owner look dead while it is written down', async () => {
    const seen = new Set<boolean>();
    for (let round = 0; round < 300; round++) {
      rmSync(join(folder, '.owner'), { force: true });
      let isNoted = false;
      const noted = noteOwner(folder).then(() => {
        isNoted = true;
      });
      while (!isNoted) seen.add(await isOwnerAlive(folder, process.pid));
      await noted;
    }
    expect([...seen]).toEqual([true]);
  });
});
