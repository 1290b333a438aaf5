import { DatabaseFolder } from './database-folder';

/** Prepares a database once, and gives each test of this `describe` a copy of its own. */
export function databasePerTest(
  prepare: (base: DatabaseFolder) => Promise<void>,
  give: (copy: DatabaseFolder) => void,
): void {
  let base: DatabaseFolder;
  let copy: DatabaseFolder;
  beforeAll(async () => {
    base = new DatabaseFolder();
    await prepare(base);
  }, 60_000);
  beforeEach(() => {
    copy = new DatabaseFolder().copyFrom(base);
    give(copy);
  });
  afterEach(() => copy.dispose());
  afterAll(() => base.dispose());
}
