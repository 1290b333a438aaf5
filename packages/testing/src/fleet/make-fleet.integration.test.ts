import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../git/make-repository';
import { fleetName, makeFleet } from './make-fleet';

jest.setTimeout(60_000);

describe('makeFleet', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dojo-fleet-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('makes services that are released and deployed, one with many releases, and their entries', async () => {
    await makeFleet({
      root,
      count: 3,
      environments: ['dev', 'production'],
      addressOf: name => `file:${name}.git`,
      until: 1_795_000_000,
      atlasReleases: 30,
      entries: { root, of: name => `kind: Component # ${name}\n` },
    });
    const tagsOf = (name: string) =>
      git(join(root, `${name}.git`), ['tag', '--list']).split('\n').length;
    expect([0, 1, 2].map(place => tagsOf(fleetName(place)))).toEqual([
      30, 12, 12,
    ]);
    expect(
      git(join(root, 'atlas.git'), ['rev-list', '--count', 'v0.30.0..main']),
    ).toBe('12');

    const infra = join(root, 'infra.git');
    expect(git(infra, ['rev-list', '--count', 'main'])).toBe(`${3 * 2 * 3}`);
    const wanted = git(join(root, 'service-1.git'), [
      'rev-parse',
      'v0.11.0^{}',
    ]);
    expect(
      git(infra, ['show', 'main:service-1/production/kustomization.yaml']),
    ).toBe(
      `resources:\n  - file:service-1.git//deploy/k8s/base?ref=${wanted} # v0.11.0`,
    );
    expect(
      git(join(root, 'fleet-0.git'), ['show', 'main:catalog-info.yaml']),
    ).toBe(
      'kind: Component # atlas\n---\nkind: Component # service-1\n---\nkind: Component # service-2',
    );
    for (const name of ['atlas', 'service-2', 'infra']) {
      git(join(root, `${name}.git`), ['fsck', '--strict']);
    }
  });
});
