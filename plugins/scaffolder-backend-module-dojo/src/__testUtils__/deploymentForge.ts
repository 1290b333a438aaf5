import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeRepository } from 'dojo-testing';

const baseFolder = 'deploy/k8s/base';
const root = join(__dirname, '../../../..');

/** The ledger's base of this repository, with an image of a version. */
function baseOf(version: string): Record<string, string> {
  const files = readdirSync(join(root, baseFolder)).map(name => [
    `${baseFolder}/${name}`,
    readFileSync(join(root, baseFolder, name), 'utf8').replace(
      /^( *image: ghcr\.io\/acme\/ledger)$/m,
      `$1:${version}`,
    ),
  ]);
  return Object.fromEntries(files);
}

/** A forge with the ledger, v0.1.0 and v0.2.0, and an empty repository of overlays. */
export function makeDeploymentForge(forgeRoot: string) {
  makeRepository(join(forgeRoot, 'ledger.git'), {
    commits: ['0.1.0', '0.2.0'].map(version => ({
      message: `feat: ${version}`,
      files: baseOf(version),
      tag: `v${version}`,
    })),
  });
  const infra = join(forgeRoot, 'infra.git');
  const makeInfra = () =>
    makeRepository(infra, {
      commits: [
        { message: 'docs: begin', files: { 'README.md': '# Infra\n' } },
      ],
    });
  const git = (...args: string[]) =>
    execFileSync('git', [`--git-dir=${infra}`, ...args], {
      encoding: 'utf8',
    }).trim();
  return {
    infra,
    makeInfra,
    /** A file of the infra repository. */
    read: (path: string, revision = 'main') =>
      git('show', `${revision}:${path}`),
    /** Subjects of its commits, newest first. */
    subjects: (revision = 'main') =>
      git('log', '--format=%s', revision).split('\n'),
    git,
  };
}
