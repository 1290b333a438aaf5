import { chmodSync } from 'node:fs';
import type { DatabaseFixture } from './database-fixture';

/** As a user who may read and not write; root may write everywhere. */
export async function asNobody(
  fixture: DatabaseFixture,
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
