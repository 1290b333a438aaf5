import { deploymentDecides } from '../__testUtils__/deployment-decides';
import { deploymentMessage } from '../deployment-message';
import type { InfraCommit } from '../ports';
import { isSameBase, landedVersions, ownImages } from './landed-version';

const base = {
  repository: 'https://git.example.test/acme/ledger.git',
  path: 'deploy/k8s/base',
};
const pinned = 'a'.repeat(40);
const text = (commit = pinned, rest = '  # v0.2.0') =>
  `resources:\n- ${base.repository}//${base.path}?ref=${commit}${rest}\n`;
const ours = deploymentMessage(deploymentDecides(), {
  planHash: 'f'.repeat(64),
});
const commit = (
  id: string,
  message: string,
  isLanding = true,
): InfraCommit => ({
  commit: id,
  message,
  date: new Date(0),
  author: 'Ada',
  isLanding,
});

describe('landedVersions', () => {
  it('leaves out what was never on the branch, and what cannot be read', () => {
    const commits = ['1', '2', '3', '4', '5'].map((id, at) =>
      commit(id, 'x', at !== 1),
    );
    const texts = [text(), text(), 'a: [', undefined, 'resources: [x.yaml]'];
    expect(landedVersions(commits, texts, base)).toEqual([
      {
        infraCommit: '1',
        version: { tag: 'v0.2.0', commit: pinned, images: [] },
      },
    ]);
  });

  it('takes the message of what a merge brought in for its own', () => {
    const merged = [commit('1', 'Merge request 7'), commit('2', ours, false)];
    const [landed] = landedVersions(merged, [text(pinned, ''), text()], base);
    expect(landed).toMatchObject({
      infraCommit: '1',
      version: { tag: 'v0.2.0' },
      change: { planHash: 'f'.repeat(64) },
    });
  });

  it('believes no message about another commit of the base', () => {
    const commits = [commit('1', `fixup\n\n${ours}`), commit('2', ours)];
    const other = 'b'.repeat(40);
    const [person, run] = landedVersions(commits, [text(other), text()], base);
    expect(person.change).toBeUndefined();
    expect(run.change).toBeDefined();
  });
});

describe('ownImages', () => {
  const pin = (name: string) => ({ name });
  const landed = landedVersions([commit('1', ours)], [text()], base);

  it('are those that runs set, or that is asked for, and else the one called like the component', () => {
    const known = ownImages(landed, 'ledger', undefined);
    expect(known({ name: 'x', newName: 'ghcr.io/acme/ledger' })).toBe(true);
    expect(known(pin('quay.io/other/ledger'))).toBe(false);
    const unknown = ownImages([], 'ledger', undefined);
    expect(unknown(pin('quay.io/other/ledger'))).toBe(true);
    expect(unknown(pin('redis'))).toBe(false);
    expect(ownImages([], 'ledger', 'redis')(pin('redis'))).toBe(true);
  });
});

describe('isSameBase', () => {
  it('takes a repository with and without its suffix for one', () => {
    expect(isSameBase('https://x/y.git//z', 'https://x/y//z')).toBe(true);
    expect(isSameBase('https://x/y.git//z', 'https://x/w.git//z')).toBe(false);
  });
});
