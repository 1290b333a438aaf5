/** The peers of the release benchmark, each as its users run it on a clone. */
import { join } from 'node:path';
import { installPeer } from '../shared/install-peer.mjs';
import { runTimed } from '../shared/measure.mjs';

const PACKAGES = {
  'semantic-release': {
    'semantic-release': '25.0.9',
    '@semantic-release/changelog': '7.0.0',
    '@semantic-release/git': '11.0.1',
    'conventional-changelog-conventionalcommits': '9.1.0',
  },
  'release-it': {
    'release-it': '21.1.2',
    '@release-it/conventional-changelog': '12.0.2',
    'conventional-changelog-conventionalcommits': '10.4.1',
  },
  'git-cliff': { 'git-cliff': '2.14.2' },
};

/** release-it pins a version of it that not every registry copy has; its neighbour does the same. */
const overrides = { 'wildcard-match': '^5.1.4' };

/** Installs a peer with npm and answers its node_modules. */
function install(name) {
  const manifest = {
    name: 'package.json',
    text: JSON.stringify({
      private: true,
      dependencies: PACKAGES[name],
      overrides,
    }),
  };
  const home = installPeer(name, manifest, folder =>
    runTimed(
      'npm',
      ['install', '--silent', '--no-audit', '--no-fund', '--prefix', folder],
      { cwd: folder },
    ),
  );
  return join(home, 'node_modules');
}

const conventional = { preset: 'conventionalcommits' };

/**
 * One entry per peer: the files it needs in the clone, its dry run, its release. `most` is the largest history it is
 * run on: git-cliff did not end within 10 minutes at 100,000 commits.
 */
export function peers() {
  const at = (name, ...path) => join(install(name), ...path);
  return [
    {
      name: 'semantic-release',
      files: {
        '.releaserc.json': JSON.stringify({
          branches: ['main'],
          // Its own rule refuses nothing on 0.x; the range decides, as with us.
          plugins: [
            [
              at('semantic-release', '@semantic-release/commit-analyzer'),
              conventional,
            ],
            [
              at(
                'semantic-release',
                '@semantic-release/release-notes-generator',
              ),
              conventional,
            ],
            [at('semantic-release', '@semantic-release/changelog'), {}],
            [
              at('semantic-release', '@semantic-release/git'),
              { assets: ['CHANGELOG.md'] },
            ],
          ],
        }),
      },
      plan: [
        'node',
        at('semantic-release', 'semantic-release/bin/semantic-release.js'),
        '--no-ci',
        '--dry-run',
      ],
      release: [
        'node',
        at('semantic-release', 'semantic-release/bin/semantic-release.js'),
        '--no-ci',
      ],
    },
    {
      name: 'release-it',
      files: {
        '.release-it.json': JSON.stringify({
          git: { requireCleanWorkingDir: false, requireUpstream: false },
          npm: { publish: false },
          plugins: {
            [at('release-it', '@release-it/conventional-changelog/index.js')]: {
              preset: { name: 'conventionalcommits' },
              infile: 'CHANGELOG.md',
            },
          },
        }),
      },
      plan: [
        'node',
        at('release-it', 'release-it/bin/release-it.js'),
        '--ci',
        '--dry-run',
      ],
      release: [
        'node',
        at('release-it', 'release-it/bin/release-it.js'),
        '--ci',
      ],
    },
    {
      name: 'git-cliff',
      most: 10_000,
      files: {},
      plan: [
        'node',
        at('git-cliff', 'git-cliff/lib/cli/cli.js'),
        '--bumped-version',
      ],
    },
  ];
}
