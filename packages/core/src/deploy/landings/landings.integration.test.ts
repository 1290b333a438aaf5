import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addCommits, git, makeRepository, startGitServer } from 'dojo-testing';
import type { CommitToMake, GitServer } from 'dojo-testing';
import { createLandingOpener } from '../../git/git-opener';
import { repositoryLinks } from '../../repository/repository-links';
import { formatNoteLine } from '../notes/note-line';
import type { LandingRequest, Landings } from './landings';
import { observeLandings } from './observe-landings';

jest.setTimeout(120_000);

const { signal } = new AbortController();
const repository = 'https://git.example.com/acme/ledger.git';
const a = 'a'.repeat(40);
const b = 'b'.repeat(40);
const digestOf = (commit: string) => `sha256:${commit.slice(0, 1).repeat(64)}`;

function overlay(commit: string, tag: string, name = 'ledger'): string {
  return `resources:
  - ${repository}//deploy/k8s/base?ref=${commit} # ${tag}
  - claim.yaml
images:
  - name: ghcr.io/acme/${name}
    digest: ${digestOf(commit)}
`;
}

/** A deployment as the portal commits one. */
function deployed(
  environment: string,
  commit: string,
  tag: string,
  more: readonly string[] = [],
): CommitToMake {
  return {
    message: `deploy(ledger): ${environment} ${tag}

Dojo-Component: ledger
Dojo-Environment: ${environment}
Dojo-Version: ${tag}
Dojo-Base: ${repository}//deploy/k8s/base?ref=${commit}
Dojo-Image: ghcr.io/acme/ledger@${digestOf(commit)}
${[...more, `Dojo-Plan: ${commit.slice(0, 1).repeat(64)}`].join('\n')}
`,
    files: {
      [`ledger/${environment}/kustomization.yaml`]: overlay(commit, tag),
      [`ledger/${environment}/claim.yaml`]: 'kind: PersistentVolumeClaim\n',
    },
  };
}

describe('observeLandings over HTTP', () => {
  let root: string;
  let path: string;
  let server: GitServer;
  let request: LandingRequest;

  const make = (commits: readonly CommitToMake[]) => {
    makeRepository(path, { commits });
  };
  const read = (known?: Landings, url = `${server.url}/infra.git`) =>
    createLandingOpener({
      allowedHosts: 'any',
      localRoot: { kind: 'anywhere', cwd: root },
      temporaryRoot: join(root, 'tmp'),
      mirrorRoot: join(root, 'mirrors'),
    })(url, opened =>
      observeLandings(request, opened, {
        signal,
        // Commits are made a minute after each other from 2023-11-14 on.
        now: new Date('2023-11-30T12:00:00Z'),
        ...(known && { known }),
        links: repositoryLinks({
          kind: 'github',
          url: 'https://github.com/acme/infra',
        }),
      }),
    );
  const head = (ref = 'main') => git(path, ['rev-parse', ref]);

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'dojo-landings-'));
    path = join(root, 'infra.git');
    server = await startGitServer({ root });
    request = {
      components: [
        {
          name: 'ledger',
          repository,
          basePath: 'deploy/k8s/base',
          image: 'ghcr.io/acme/ledger',
        },
        { name: 'shop', repository: 'https://git.example.com/acme/shop' },
      ],
    };
  });
  afterEach(async () => {
    await server.close();
    rmSync(root, { recursive: true, force: true });
  });

  const first = deployed('dev', a, 'v0.1.0', [
    'Dojo-Requester: user:default/owner',
  ]);

  it('tells of each overlay what git wants, and how it came to it', async () => {
    make([
      { message: 'docs: what is kept here', files: { 'README.md': 'x' } },
      first,
      deployed('dev', b, 'v0.2.0'),
      deployed('staging', a, 'v0.1.0'),
      {
        message: 'more room',
        files: { 'ledger/dev/claim.yaml': 'kind: PersistentVolumeClaim # 2\n' },
      },
      {
        message: 'deploy(other): dev',
        files: { 'other/dev/kustomization.yaml': 'x' },
      },
    ]);
    const landings = await read();
    expect(Object.keys(landings.components)).toEqual(['ledger', 'shop']);
    const { ledger, shop } = landings.components;
    expect(shop).toMatchObject({ wanted: {}, landings: [], waiting: {} });
    expect(ledger.wanted).toEqual({
      dev: {
        kind: 'version',
        base: b,
        version: '0.2.0',
        digest: digestOf(b),
        commit: head('main~1'),
        at: '2023-11-14T22:17:20.000Z',
        by: { name: 'Ada' },
        change: 'configuration',
      },
      staging: {
        kind: 'version',
        base: a,
        version: '0.1.0',
        digest: digestOf(a),
        commit: head('main~2'),
        at: '2023-11-14T22:16:20.000Z',
        by: { name: 'Ada' },
        change: 'first',
      },
    });
    expect(
      ledger.landings.map(({ environment, version, commit }) => [
        environment,
        version,
        commit,
      ]),
    ).toEqual([
      ['dev', '0.2.0', head('main~1')],
      ['staging', '0.1.0', head('main~2')],
      ['dev', '0.2.0', head('main~3')],
      ['dev', '0.1.0', head('main~4')],
    ]);
    expect(ledger.landings[3]).toEqual({
      commit: head('main~4'),
      environment: 'dev',
      at: '2023-11-14T22:14:20.000Z',
      by: { ref: 'user:default/owner', name: 'owner' },
      requestedBy: { ref: 'user:default/owner', name: 'owner' },
      base: a,
      version: '0.1.0',
      digest: digestOf(a),
      planHash: a.slice(0, 1).repeat(64),
      url: `https://github.com/acme/infra/commit/${head('main~4')}`,
    });
    expect(ledger.overlayUrls.dev).toBe(
      'https://github.com/acme/infra/tree/main/ledger/dev',
    );
    expect(JSON.stringify(landings)).not.toContain('@example.com');
  });

  it('asks once and returns what is known where nothing changed', async () => {
    make([first]);
    const known = await read();
    const before = server.requests.length;
    expect(await read(known)).toBe(known);
    expect(server.requests.slice(before).map(({ method }) => method)).toEqual([
      'GET',
      'POST',
    ]);
  });

  it('reads only what came since, and leaves other components as they were', async () => {
    make([first]);
    const known = await read();
    addCommits(path, [
      deployed('dev', b, 'v0.2.0'),
      ...Array.from({ length: 8 }, (_, at) => ({
        message: `note ${at}`,
        files: { 'ledger/dev/claim.yaml': `kind: X # ${at}\n` },
      })),
      deployed('dev', a, 'v0.1.0', ['Dojo-Rollback: yes']),
    ]);
    const next = await read(known);
    const { ledger, shop } = next.components;
    expect(shop).toBe(known.components.shop);
    expect(ledger.landings).toHaveLength(11);
    expect(ledger.landings[0]).toMatchObject({ rollback: true, base: a });
    expect(ledger.landings[5]).toMatchObject({ version: '0.2.0' });
    expect(ledger.wanted.dev).toMatchObject({
      version: '0.1.0',
      change: 'rollback',
    });
    expect((await read()).components.ledger).toEqual(ledger);
    addCommits(path, [{ message: 'docs', files: { 'README.md': 'y' } }]);
    const later = await read(next);
    expect(later.components.ledger).toBe(ledger);
    expect(later.head).toBe(head());
  });

  it('reads all again where the branch was set back', async () => {
    make([first, deployed('dev', b, 'v0.2.0')]);
    const known = await read();
    git(path, ['update-ref', 'refs/heads/main', head('main^')]);
    const { ledger } = (await read(known)).components;
    expect(ledger.landings).toHaveLength(1);
    expect(ledger.wanted.dev).toMatchObject({ version: '0.1.0' });
  });

  it('says where and why an overlay cannot be read, and of whose doing', async () => {
    make([first, deployed('staging', a, 'v0.1.0')]);
    const known = await read();
    addCommits(path, [
      {
        message: 'by hand',
        author: Buffer.from('guest <guest@example.com>'),
        files: {
          'ledger/dev/kustomization.yaml': `resources:\n  - a.yaml\nimages:\n  - name: x\n    digest: y\nlabels:\n\t- pairs: 1\n`,
        },
      },
    ]);
    const broken = await read(known);
    expect(broken.components.ledger.wanted.dev).toEqual({
      kind: 'unreadable',
      path: 'ledger/dev/kustomization.yaml',
      line: 7,
      sentence: 'tab in indentation',
      commit: head(),
      by: { name: 'guest' },
      url: 'https://github.com/acme/infra/blob/main/ledger/dev/kustomization.yaml#L7',
    });
    expect(broken.components.ledger.wanted.staging).toBe(
      known.components.ledger.wanted.staging,
    );
    addCommits(path, [deployed('dev', b, 'v0.2.0')]);
    const mended = await read(broken);
    expect(mended.components.ledger.wanted.dev).toMatchObject({
      version: '0.2.0',
      change: 'version',
    });
  });

  it.each([
    ['a resource that is no YAML', 'claim.yaml', 'a: [', /dev\/claim.yaml/],
    ['a second', 'kustomization.yml', 'resources: []', /takes only one/],
    ['a large', 'kustomization.yaml', 'x'.repeat(70_000), /than 65536 bytes/],
    ['a deep', 'kustomization.yaml', '['.repeat(60_000), /nested too deeply/],
    ['one without a base', 'kustomization.yaml', 'a: b\n', /uses no base of/],
    [
      'one with a base at a branch',
      'kustomization.yaml',
      `resources: ["${repository}//deploy/k8s/base?ref=main"]\n`,
      /no commit of/,
    ],
  ])('takes %s for unreadable', async (_, name, text, said) => {
    make([first]);
    const known = await read();
    addCommits(path, [
      { message: 'by hand', files: { [`ledger/dev/${name}`]: text } },
    ]);
    const { dev } = (await read(known)).components.ledger.wanted;
    expect(dev).toMatchObject({ kind: 'unreadable', commit: head() });
    expect(JSON.stringify(dev)).toMatch(said);
  });

  it('tells overlays that were removed, and those that were only prepared', async () => {
    make([
      first,
      {
        message: 'prepare',
        files: {
          'ledger/staging/kustomization.yaml':
            '# dojo/prepared: nothing runs here yet\nresources: [claim.yaml]\n',
        },
      },
    ]);
    const known = await read();
    expect(known.components.ledger.wanted.staging).toEqual({
      kind: 'nothing',
      prepared: true,
    });
    const empty = git(path, ['hash-object', '-t', 'tree', '-w', '--stdin'], '');
    const commit = git(path, [
      'commit-tree',
      empty,
      '-p',
      'main',
      '-m',
      'remove all',
    ]);
    git(path, ['update-ref', 'refs/heads/main', commit]);
    const { ledger } = (await read(known)).components;
    expect(ledger.wanted.dev).toMatchObject({
      kind: 'nothing',
      removed: { commit, by: { name: 'Ada' } },
    });
  });

  it('tells what waits, until it landed', async () => {
    make([first]);
    const known = await read();
    git(path, ['branch', 'dojo/ledger/dev', 'main']);
    git(path, ['branch', 'dojo/ledger/staging', 'main']);
    addCommits(path, [
      {
        ...deployed('dev', b, 'v0.2.0', ['Dojo-Requester: user:default/owner']),
        branch: 'dojo/ledger/dev',
      },
    ]);
    const waits = await read(known);
    expect(waits.components.ledger.waiting).toEqual({
      dev: {
        kind: 'merge',
        version: '0.2.0',
        since: '2023-11-14T22:14:20.000Z',
        requestedBy: { ref: 'user:default/owner', name: 'owner' },
        planHash: b.slice(0, 1).repeat(64),
        url: 'https://github.com/acme/infra/compare/main...dojo/ledger/dev',
      },
    });
    expect(waits.components.shop).toBe(known.components.shop);

    // As a forge merges it: by a commit of its own, whose message says nothing of ours.
    const tip = head('dojo/ledger/dev');
    const merge = git(path, [
      '-c',
      'user.name=Bob',
      '-c',
      'user.email=bob@example.com',
      'commit-tree',
      `${tip}^{tree}`,
      '-p',
      'main',
      '-p',
      tip,
      '-m',
      'Merge pull request #3 from acme/dojo/ledger/dev',
    ]);
    git(path, ['update-ref', 'refs/heads/main', merge]);
    const landed = await read(waits);
    const { ledger } = landed.components;
    expect(ledger.waiting).toEqual({});
    expect(ledger.landings[0]).toMatchObject({
      commit: merge,
      version: '0.2.0',
      base: b,
      requestedBy: { ref: 'user:default/owner', name: 'owner' },
      mergedBy: { name: 'Ada' },
    });
    git(path, ['branch', '-D', 'dojo/ledger/dev']);
    expect((await read(landed)).components.ledger).toBe(ledger);
  });

  it('reads how rollouts ended from the notes', async () => {
    make([first]);
    const known = await read();
    const line = (outcome: 'healthy' | 'failed', minute: number) =>
      formatNoteLine({
        kind: 'outcome',
        folder: 'ledger/dev',
        outcome,
        at: `2026-11-29T12:0${minute}:00.000Z`,
        ...(outcome === 'failed' && { code: 'EXITS', sentence: 'it exits' }),
      });
    const note = `${line('failed', 1)}\nby hand\n`;
    git(path, ['notes', '--ref=dojo', 'add', '-m', note, 'main']);
    const failed = await read(known);
    expect(failed.components.ledger.landings[0].outcome).toEqual({
      kind: 'failed',
      at: '2026-11-29T12:01:00.000Z',
      code: 'EXITS',
      sentence: 'it exits',
    });
    expect(failed.components.shop).toBe(known.components.shop);
    git(path, [
      'notes',
      '--ref=dojo',
      'append',
      '-m',
      line('healthy', 2),
      'main',
    ]);
    const healthy = await read(failed);
    const came = { kind: 'healthy', at: '2026-11-29T12:02:00.000Z' };
    // That it failed at first counts, although it came up in the end.
    expect(healthy.components.ledger.landings[0]).toMatchObject({
      outcome: came,
      outcomes: [failed.components.ledger.landings[0].outcome, came],
    });
  });

  it('reads a repository of this machine in place, also an empty one', async () => {
    make([]);
    expect((await read(undefined, path)).components).toEqual({});
    addCommits(path, [first]);
    const known = await read(undefined, path);
    expect(known.components).toEqual((await read()).components);
    expect(await read(known, path)).toBe(known);
  });

  it('keeps nothing of a repository that has no room', async () => {
    make([first]);
    // Nothing that git could make smaller.
    const large = randomBytes(200_000).toString('hex');
    addCommits(path, [{ message: 'large', files: { 'large.txt': large } }]);
    const mirrorRoot = join(root, 'small-mirrors');
    const open = createLandingOpener({
      allowedHosts: 'any',
      localRoot: { kind: 'anywhere', cwd: root },
      temporaryRoot: join(root, 'tmp'),
      mirrorRoot,
      maxMirrorBytes: 100_000,
    });
    const reading = open(`${server.url}/infra.git`, opened =>
      observeLandings(request, opened, { signal, now: new Date() }),
    );
    await expect(reading).rejects.toMatchObject({
      code: 'GIT_MIRROR_TOO_LARGE',
      message: expect.stringContaining('more than 100000 bytes'),
    });
    expect(readdirSync(join(mirrorRoot, '0'))).not.toContainEqual(
      expect.stringMatching(/^[0-9a-f]{32}$/),
    );
  });

  it('fails where the server is down, and where the branch is not there', async () => {
    make([first]);
    const known = await read();
    await server.close();
    await expect(read(known)).rejects.toMatchObject({
      code: 'GIT_UNAVAILABLE',
    });
    server = await startGitServer({ root });
    request = { ...request, branch: 'nope' };
    await expect(read(known)).rejects.toMatchObject({
      code: 'DEPLOY_BRANCH_UNKNOWN',
    });
  });
});
