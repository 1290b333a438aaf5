import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { addCommitImage } from './images/core-images.mjs';

/** Where the images of a component are in a forge: `dojo/image: oci:images/ledger`. */
const imageOf = component => `images/${component}`;

/**
 * Makes the images of the ledger, one for each version and one for the head, as its CI would have pushed them: under the
 * commit's SHA, and the version's without `v`. Returns false where they are there already. They are made beside their
 * place and renamed, so that a killed run leaves no half of them.
 */
export async function seedImages(forge, component = 'ledger') {
  const layout = join(forge, imageOf(component));
  if (existsSync(layout)) return false;
  const draft = `${layout}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(dirname(layout), { recursive: true });
  const tags = git(forge, component, 'tag', '--list', 'v*', '--sort=v:refname');
  const image = `${imageOf(component)}.draft`;
  for (const tag of tags.split('\n').filter(Boolean)) {
    const revision = `${tag}^{commit}`;
    const version = { component, image, revision, tags: [tag.slice(1)] };
    await buildImage(forge, version);
  }
  await buildImage(forge, { component, image });
  await rename(draft, layout);
  return true;
}

/** What a component's CI does with the head of a branch: its image, under its SHA. Returns the digest. */
export function buildHeadImage(forge, component = 'ledger', branch) {
  const revision = branch === undefined ? 'HEAD' : `refs/heads/${branch}`;
  return buildImage(forge, { component, revision });
}

async function buildImage(
  forge,
  {
    component = 'ledger',
    image = imageOf(component),
    revision = 'HEAD',
    tags = [],
  },
) {
  const [commit, time] = git(
    forge,
    component,
    'log',
    '-1',
    '--format=%H %ct',
    revision,
  )
    .trim()
    .split(' ');
  return addCommitImage(
    { repository: `oci:${image}`, root: { kind: 'anywhere', cwd: forge } },
    {
      service: component,
      commit,
      created: new Date(Number(time) * 1_000),
      version: versionAt(forge, component, commit),
    },
    tags,
  );
}

/** Files that name the version, and how. */
const versionFiles = [
  ['package.json', /^ {0,4}"version":\s*"([^"]+)"/m],
  ['pyproject.toml', /^version\s*=\s*"([^"]+)"/m],
  ['VERSION', /^(\S+)\s*$/],
];

function versionAt(forge, component, commit) {
  const names = git(forge, component, 'ls-tree', '--name-only', commit);
  for (const [path, pattern] of versionFiles) {
    if (!names.split('\n').includes(path)) continue;
    const text = git(forge, component, 'show', `${commit}:${path}`);
    const version = pattern.exec(text)?.[1];
    if (version) return version;
  }
  return '0.0.0';
}

/** git without the machine's own settings. */
function git(forge, component, ...args) {
  return execFileSync(
    'git',
    [`--git-dir=${join(forge, `${component}.git`)}`, ...args],
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
