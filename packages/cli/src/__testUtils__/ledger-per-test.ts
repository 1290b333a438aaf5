import { LedgerFolder } from './ledger-folder';

/** Prepares a ledger once, and gives each test of this `describe` a copy of its own. */
export function ledgerPerTest(
  prepare: (base: LedgerFolder) => Promise<void>,
  give: (copy: LedgerFolder) => void,
): void {
  let base: LedgerFolder;
  let copy: LedgerFolder;
  beforeAll(async () => {
    base = new LedgerFolder();
    await prepare(base);
  }, 60_000);
  beforeEach(() => {
    copy = new LedgerFolder().copyFrom(base);
    give(copy);
  });
  afterEach(() => copy.dispose());
  afterAll(() => base.dispose());
}
