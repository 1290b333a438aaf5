import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { addImage, makeLayout } from './images/image-layout.mjs';
import { ledgerImage } from './images/ledger-image.mjs';

/** Where the images of the ledger are in a forge: `dojo/image: oci:images/ledger`. */
const layoutIn = forge => join(forge, 'images/ledger');

/**
 * Makes the images of the ledger, one for each version and one for the head, as its CI would have pushed them: under the
 * commit's SHA, and the version's without `v`. Returns false where they are there already. They are made beside their
 * place and renamed, so that a killed run leaves no half of them.
 */
export async function seedImages(forge) {
  const layout = layoutIn(forge);
  if (existsSync(layout)) return false;
  const draft = `${layout}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(dirname(layout), { recursive: true });
  await makeLayout(draft);
  const tags = git(forge, 'tag', '--list', 'v*', '--sort=version:refname');
  for (const tag of tags.split('\n').filter(Boolean)) {
    await buildImage(forge, draft, `${tag}^{commit}`, [tag.slice(1)]);
  }
  await buildImage(forge, draft, 'HEAD', []);
  await rename(draft, layout);
  return true;
}

/** What the ledger's CI does with a commit: its image, under its SHA. Returns the digest. */
export function buildHeadImage(forge) {
  return buildImage(forge, layoutIn(forge), 'HEAD', []);
}

async function buildImage(forge, layout, revision, tags) {
  const [commit, time] = git(forge, 'log', '-1', '--format=%H %ct', revision)
    .trim()
    .split(' ');
  const image = ledgerImage({
    commit,
    created: new Date(Number(time) * 1_000),
    version: JSON.parse(git(forge, 'show', `${commit}:package.json`)).version,
  });
  return addImage(layout, image, [commit, ...tags]);
}

/** git without the machine's own settings. */
function git(forge, ...args) {
  return execFileSync(
    'git',
    [`--git-dir=${join(forge, 'ledger.git')}`, ...args],
    {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
      },
    },
  );
}
