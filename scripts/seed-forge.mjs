import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { history } from '../examples/ledger-history/history.mjs';
import { makeRepository } from './portal/make-repository.mjs';

/**
 * Makes the local forge with the ledger's repository, the same object ids on every machine; returns false where a forge
 * is there already. It is made beside its place and renamed, so that a killed run leaves no half of it.
 */
export async function seedForge(root) {
  if (await exists(root)) return false;
  const draft = `${root}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  await makeRepository(join(draft, 'ledger.git'), history);
  await rename(draft, root);
  return true;
}

const exists = path =>
  stat(path).then(
    () => true,
    () => false,
  );
