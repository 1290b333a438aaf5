import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commit, priya, write } from '../examples/ledger-history/commit.mjs';
import { makeRepository } from './portal/make-repository.mjs';

const readme = `
# Infra

What runs where: \`<component>/<environment>/\` is the Kustomize overlay of a component in an environment. What stands at
the head of main is what should run; who brought it there, when and why is in its commits.

Dojo makes and changes overlays by one commit each. What people write beside that stays.
`;

/**
 * Makes the repository of overlays in a forge, with nothing deployed; returns false where there is one. It is made beside
 * its place and renamed, so that a killed run leaves no half of it.
 */
export async function seedInfra(forge) {
  const place = join(forge, 'infra.git');
  if (existsSync(place)) return false;
  const draft = `${place}.draft`;
  await rm(draft, { recursive: true, force: true });
  await makeRepository(draft, [
    commit(priya, 'docs: what is kept here', { 'README.md': write(readme) }),
  ]);
  await rename(draft, place);
  return true;
}
