import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ForgeRepository } from './ForgeRepository';
import { portalData, root } from './portalData';

const refName = 'org.opencontainers.image.ref.name';
const hour = 3_600_000;

/**
 * Releases the head of a repository of the local forge an hour ago, as its CI would, and leaves what a machine leaves that
 * is lost after the push: the image has no tag of the version.
 */
export function cutRelease(
  repository: ForgeRepository,
  name: string,
  version: string,
): void {
  const tag = `v${version}`;
  const forge = join(portalData, 'forge');
  const path = join(forge, `${name}.git`);
  const images = join(forge, 'images', name);
  const before = Math.floor((Date.now() - hour) / 1000);
  execFileSync(
    process.execPath,
    [
      resolve(root, 'scripts/dojo.cjs'),
      'release',
      ...['--repository', path],
      ...['--image', `oci:${images}`],
    ],
    {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(before) },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  // A command at a terminal knows the layout by its path, the portal by its name.
  const named = repository
    .git('cat-file', 'tag', tag)
    .replace(`oci:${images}@`, `oci:images/${name}@`);
  const renamed = execFileSync(
    'git',
    ['-C', path, 'hash-object', '-t', 'tag', '-w', '--stdin'],
    { input: `${named}\n`, encoding: 'utf8' },
  ).trim();
  repository.git('update-ref', `refs/tags/${tag}`, renamed);
  const file = join(images, 'index.json');
  const index = JSON.parse(readFileSync(file, 'utf8')) as {
    manifests: { annotations: Record<string, string> }[];
  };
  const manifests = index.manifests.filter(
    ({ annotations }) => annotations[refName] !== version,
  );
  writeFileSync(file, JSON.stringify({ ...index, manifests }));
}
