import { releaseRequestSchema } from 'backstage-plugin-dojo-common';
import type { ReleaseRequestInput } from 'backstage-plugin-dojo-common';
import { planRelease } from '../plan-release';
import type { ObservedImage } from '../release-state';
import { base, observedCommit, releaseState } from './release-state';
import type { ReleaseStateOverrides } from './release-state';

export const digest = `sha256:${'9f2c41'.padEnd(64, '0')}`;
export const otherDigest = `sha256:${'1'.repeat(64)}`;
export const repository = 'ghcr.io/acme/ledger';
export const mediaType = 'application/vnd.oci.image.manifest.v1+json';
export const webUrl = 'https://github.com/acme/ledger';

export type Choices = Partial<ReleaseRequestInput>;

const request = (choices: Choices = {}) =>
  releaseRequestSchema.parse({ repository: 'file:ledger.git', ...choices });
export const plan = (
  overrides: ReleaseStateOverrides = {},
  choices: Choices = {},
) => planRelease(releaseState(overrides), request(choices));

export function image(overrides: Partial<ObservedImage> = {}): ObservedImage {
  return {
    repository,
    sourceTag: base,
    source: { kind: 'found', digest, mediaType, revisions: [base] },
    tags: {},
    ...overrides,
  };
}

export const ledger: ReleaseStateOverrides = {
  commits: [
    observedCommit('a41d9e2', 'feat(budget): carry over last month (#41)'),
    observedCommit('33fa77b', `revert: feat: dark charts\n\nRefs: 0be1d52`),
    observedCommit('0be1d52', 'feat: dark charts'),
    observedCommit('e18c4a0', 'Update readme'),
    observedCommit('1f0a9d3', 'chore: bump dependencies'),
  ],
  texts: [
    {
      path: 'pyproject.toml',
      text: '[project]\nname = "ledger"\nversion = "0.3.0"\n',
    },
    {
      path: 'CHANGELOG.md',
      text: '# Changelog\n\n## 0.3.0 (2026-10-01)\n\n- Old.\n',
    },
  ],
};
