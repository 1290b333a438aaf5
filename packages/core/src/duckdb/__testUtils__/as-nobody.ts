import { chmodSync } from 'node:fs';
import type { LedgerFixture } from './ledger-fixture';

/** As a user who may read and not write; root may write everywhere. */
export async function asNobody(
  fixture: LedgerFixture,
  run: () => Promise<void>,
): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  chmodSync(fixture.folder, 0o755);
  chmodSync(fixture.data, 0o555);
  if (isRoot) process.seteuid?.(65534);
  try {
    await run();
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(fixture.data, 0o755);
  }
}
