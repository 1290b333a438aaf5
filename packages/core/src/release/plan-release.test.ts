import {
  releasePlanSchema,
  releaseRequestSchema,
} from 'backstage-plugin-dojo-common';
import type { ReleaseRequestInput } from 'backstage-plugin-dojo-common';
import { planRelease } from './plan-release';
import type { ObservedCommit, ReleaseState } from './release-state';

const base = 'a41d9e2'.padEnd(40, '0');
const released = '0f'.repeat(20);

function commit(oid: string, message: string): ObservedCommit {
  return { oid: oid.padEnd(40, '0'), parents: [released], message };
}

function request(choices: Partial<ReleaseRequestInput> = {}) {
  return releaseRequestSchema.parse({
    repository: 'file:ledger.git',
    ...choices,
  });
}

function text(path: string, content: string) {
  return {
    kind: 'text',
    path,
    oid: 'b'.repeat(40),
    mode: '100644',
    text: content,
  } as const;
}

const state: ReleaseState = {
  repository: 'file:ledger.git',
  branch: 'main',
  base,
  tagPrefix: 'v',
  versionTags: [{ name: 'v0.3.0', version: '0.3.0', commit: released }],
  newest: { tag: 'v0.3.0', version: '0.3.0', commit: released, notes: 'Old.' },
  newestStable: { name: 'v0.3.0', version: '0.3.0', commit: released },
  commits: [
    commit('a41d9e2', 'feat(budget): carry over last month (#41)'),
    commit('97be003', 'feat: import CSV statements (#38)'),
  ],
  earlierCommits: [],
  files: [
    text('pyproject.toml', '[project]\nname = "ledger"\nversion = "0.3.0"\n'),
    text('CHANGELOG.md', '# Changelog\n\n## 0.3.0 (2026-10-01)\n\n- Old.\n'),
  ],
  filesAtNewest: [],
  author: { name: 'Dojo', email: 'dojo@localhost' },
  today: '2026-11-20',
  warnings: [],
};

describe('planRelease', () => {
  it('plans', () => {
    const plan = planRelease(state, request());
    expect(
      releasePlanSchema.parse(JSON.parse(JSON.stringify(plan))),
    ).toStrictEqual(plan);
  });
});
