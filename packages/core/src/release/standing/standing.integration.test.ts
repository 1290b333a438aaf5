import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addCommits, git, makeRepository, startGitServer } from 'dojo-testing';
import type { CommitToMake, GitServer } from 'dojo-testing';
import { createStandingOpener } from '../../git/git-opener';
import { repositoryLinks } from '../../repository/repository-links';
import { observeStanding } from './observe-standing';
import type { Standing, StandingRequest } from './standing';

jest.setTimeout(120_000);

const { signal } = new AbortController();
const digest = `sha256:${'a'.repeat(64)}`;

/** A release as the portal makes one. */
function released(version: string, notes: string): CommitToMake {
  return {
    message: `chore(release): ${version}\n\nDojo-Plan: ${'f'.repeat(64)}\n`,
    files: { VERSION: version },
    tag: `v${version}`,
    tagMessage: `Release ${version}\n\n${notes}\n\nDojo-Plan: ${'f'.repeat(
      64,
    )}\nDojo-Image: ghcr.io/acme/ledger@${digest}\n`,
  };
}

describe('observeStanding over HTTP', () => {
  let root: string;
  let path: string;
  let server: GitServer;
  let now: Date;
  let request: StandingRequest;

  const make = (commits: readonly CommitToMake[]) => {
    makeRepository(path, { commits });
    git(path, ['config', 'uploadpack.allowFilter', 'true']);
    git(path, ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
  };
  const read = (
    known?: Standing,
    more: Partial<StandingRequest> & { everything?: boolean } = {},
  ) => {
    const { everything, ...rest } = more;
    const open = createStandingOpener({
      allowedHosts: 'any',
      localRoot: { kind: 'anywhere', cwd: root },
      temporaryRoot: join(root, 'tmp'),
      mirrorRoot: join(root, 'mirrors'),
      now: () => now,
    });
    const asked = { ...request, ...rest };
    return open(asked.repository, repository =>
      observeStanding(asked, repository, {
        signal,
        ...(known && { known }),
        ...(everything && { everything }),
        links: repositoryLinks({
          kind: 'github',
          url: 'https://github.com/acme/ledger',
        }),
        rejectionIn: note =>
          note.startsWith('{') ? JSON.parse(note) : undefined,
        migrationsIn: names =>
          names
            .filter(name => name.endsWith('.sql'))
            .map(name => name.slice(0, -4)),
        breaks: sql => sql.includes('breaking'),
      }),
    );
  };

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'dojo-standing-'));
    path = join(root, 'ledger.git');
    server = await startGitServer({ root });
    now = new Date('2026-11-29T12:00:00Z');
    request = {
      repository: `${server.url}/ledger.git`,
      migrations: 'migrations',
      maintenance: 'release/*',
    };
  });
  afterEach(async () => {
    await server.close();
    rmSync(root, { recursive: true, force: true });
  });

  const history: readonly CommitToMake[] = [
    { message: 'feat: begin', files: { 'migrations/0001_core.sql': '1' } },
    released('0.1.0', '### Features\n\n- begin'),
    { message: 'feat: tags (#7)', files: { 'migrations/0002_tags.sql': '2' } },
    { message: 'docs: explain', files: { README: 'x' } },
    released('0.2.0', '### Features\n\n- tags'),
    { message: 'fix: rounding', files: { a: '1' } },
    {
      message: 'feat!: accounts\n\nBREAKING CHANGE: objects now',
      files: { b: '1' },
    },
    { message: 'chore: tidy', files: { c: '1' } },
  ];

  it('tells what is released and what waits', async () => {
    make(history);
    const standing = await read();
    expect(standing).toMatchObject({
      kind: 'repository',
      branch: 'main',
      head: git(path, ['rev-parse', 'main']),
      olderReleases: 0,
    });
    const [line] = standing.lines;
    expect(standing.lines).toHaveLength(1);
    expect(line).toMatchObject({
      branch: 'main',
      count: 3,
      counting: 2,
      breaking: 1,
      omitted: 0,
      next: {
        version: '0.3.0',
        level: 'major',
        sentence: {
          sentence:
            'Minor bump (0.2.0 -> 0.3.0): breaking change before 1.0.0.',
        },
      },
      compareUrl: 'https://github.com/acme/ledger/compare/v0.2.0...main',
    });
    expect(
      line.commits.map(({ subject, author }) => [subject, author]),
    ).toEqual([
      ['feat!: accounts', 'Ada'],
      ['fix: rounding', 'Ada'],
      ['chore: tidy', 'Ada'],
    ]);
    expect(JSON.stringify(standing)).not.toContain('ada@example.com');
    const [second, first] = standing.releases;
    expect(second).toMatchObject({
      version: '0.2.0',
      tag: 'v0.2.0',
      sha: git(path, ['rev-parse', 'v0.2.0^0']),
      oid: git(path, ['rev-parse', 'v0.2.0']),
      by: { name: 'Ada' },
      needs: '0002_tags',
      migrations: ['0001_core', '0002_tags'],
      notes: '### Features\n\n- tags',
      image: { kind: 'digest', digest, check: 'unchecked' },
      previous: '0.1.0',
      contains: ['0.1.0'],
      counting: 1,
      breaking: false,
      unfinished: [],
    });
    expect(second.commits.map(({ subject, pr }) => [subject, pr])).toEqual([
      ['docs: explain', undefined],
      ['feat: tags (#7)', 7],
    ]);
    expect(first).toMatchObject({ needs: '0001_core', contains: [] });
    expect(first.commits).toHaveLength(1);
  });

  it('tells which migrations take away what earlier versions read, and reads each of them once', async () => {
    const breaking = { 'migrations/0003_payees.sql': '-- breaking' };
    make([
      ...history,
      { message: 'feat: payees', files: breaking },
      released('0.3.0', '### Features\n\n- payees'),
    ]);
    const told = ({ releases }: Standing) =>
      releases.map(({ version, breakingMigrations }) => [
        version,
        breakingMigrations,
      ]);
    const known = await read();
    expect(told(known)).toEqual([
      ['0.3.0', ['0003_payees']],
      ['0.2.0', undefined],
      ['0.1.0', undefined],
    ]);
    addCommits(path, [
      // Nobody changes a migration that is released; where it happens, its first text counts.
      { message: 'fix: payees', files: { 'migrations/0003_payees.sql': '' } },
      released('0.3.1', '### Fixes\n\n- payees'),
    ]);
    expect(told(await read(known))[0]).toEqual(['0.3.1', ['0003_payees']]);
  });

  it('asks once and returns what is known where nothing changed', async () => {
    make(history);
    const known = await read();
    const before = server.requests.length;
    expect(await read(known)).toBe(known);
    const asked = server.requests.slice(before);
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  it('reads only what came since', async () => {
    make(history);
    const known = await read();
    addCommits(path, [
      ...Array.from({ length: 9 }, (_, at) => ({
        message: `fix: number ${at}`,
        files: { d: `${at}` },
      })),
      released('0.3.0', '### Breaking changes\n\n- objects'),
      { message: 'feat: after', files: { e: '1' } },
    ]);
    const next = await read(known);
    expect(next.releases.map(({ version }) => version)).toEqual([
      '0.3.0',
      '0.2.0',
      '0.1.0',
    ]);
    expect(next.releases[0].commits).toHaveLength(12);
    expect(next.releases[0]).toMatchObject({ breaking: true, counting: 11 });
    expect(next.releases[1]).toBe(known.releases[0]);
    expect(next.lines[0]).toMatchObject({
      count: 1,
      next: { version: '0.4.0' },
    });
    expect({ ...(await read()), fingerprint: '' }).toEqual({
      ...next,
      fingerprint: '',
    });
  });

  it('tells a maintenance branch until the release branch has its fixes', async () => {
    make([...history, released('0.3.0', 'x')]);
    addCommits(path, [
      {
        message: 'fix: count credit cards (#40)',
        files: { f: '1' },
        from: 'v0.2.0',
        branch: 'release/0.2',
      },
    ]);
    const known = await read();
    expect(known.lines.map(({ branch }) => branch)).toEqual([
      'main',
      'release/0.2',
    ]);
    expect(known.lines[0]).toMatchObject({ count: 0, counting: 0 });
    expect(known.lines[0].next).toBeUndefined();
    expect(known.lines[1]).toMatchObject({
      count: 1,
      notOnMain: 1,
      notOnMainSentence:
        '1 fix of this branch is not on main: fix: count credit cards.',
      next: { version: '0.2.1' },
    });
    addCommits(path, [{ ...released('0.2.1', 'y'), branch: 'release/0.2' }]);
    const second = await read(known);
    expect(
      second.releases.map(({ version, contains }) => [version, contains]),
    ).toEqual([
      ['0.3.0', ['0.2.0']],
      ['0.2.1', ['0.2.0']],
      ['0.2.0', ['0.1.0']],
      ['0.1.0', []],
    ]);
    expect(second.lines[1]).toMatchObject({ count: 0, notOnMain: 1 });
    addCommits(path, [
      { message: 'fix: count credit cards (#41)', files: { f: '1' } },
    ]);
    const third = await read(second);
    expect(third.lines.map(({ branch }) => branch)).toEqual(['main']);
    git(path, ['branch', '-D', 'release/0.2']);
    expect((await read(third)).releases).toHaveLength(4);
  });

  it('says that a tag was moved, for ever', async () => {
    make(history);
    const known = await read();
    const from = known.releases[0].sha;
    const to = git(path, ['rev-parse', 'main']);
    git(path, ['tag', '-f', 'v0.2.0', 'main']);
    const moved = await read(known);
    expect(moved.releases[0]).toMatchObject({ sha: to, moved: { from, to } });
    addCommits(path, [{ message: 'docs: more', files: { g: '1' } }]);
    const later = await read(moved);
    expect(later.releases[0].moved).toEqual({ from, to });
    // A tag of an older line is looked at once a day.
    git(path, ['tag', '-f', 'v0.2.0', from]);
    const back = await read(later);
    expect(back.releases[0].moved).toBeUndefined();
  });

  it('reads rejections from the notes', async () => {
    make(history);
    const known = await read();
    const note = JSON.stringify({
      by: 'user:default/owner',
      at: '2026-11-29T10:00:00.000Z',
      reason: 'wrong time zone',
    });
    git(path, ['notes', '--ref=dojo', 'add', '-m', note, 'v0.2.0^0']);
    const rejected = await read(known);
    expect(rejected.releases[0].rejected).toEqual({
      by: { ref: 'user:default/owner', name: 'owner' },
      at: '2026-11-29T10:00:00.000Z',
      reason: 'wrong time zone',
    });
    expect(rejected.releases[1].rejected).toBeUndefined();
    git(path, ['update-ref', '-d', 'refs/notes/dojo']);
    const accepted = await read(rejected);
    expect(accepted.releases[0].rejected).toBeUndefined();
  });

  it('lists all refs again after a day, or when it is asked to', async () => {
    make(history);
    const known = await read();
    git(path, ['tag', '-f', 'v9.9.9', 'main']);
    expect(await read(known)).toBe(known);
    expect((await read(known, { everything: true })).releases[0].version).toBe(
      '9.9.9',
    );
    now = new Date('2026-11-30T12:00:01Z');
    expect((await read(known)).releases[0].version).toBe('9.9.9');
  });

  it('makes a mirror anew that somebody broke', async () => {
    make(history);
    const known = await read();
    execFileSync('sh', [
      '-c',
      `for f in ${root}/mirrors/0/*/repository.git/objects/pack/*.pack; do chmod u+w $f; echo x > $f; done`,
    ]);
    addCommits(path, [{ message: 'fix: one', files: { h: '1' } }]);
    expect((await read(known)).lines[0].count).toBe(4);
  });

  it('fails where the server is down, and goes on after it', async () => {
    make(history);
    const known = await read();
    await server.close();
    await expect(read(known)).rejects.toMatchObject({
      code: 'GIT_UNAVAILABLE',
    });
    await expect(
      read(undefined, { repository: `${server.url}/other.git` }),
    ).rejects.toMatchObject({ code: 'GIT_UNAVAILABLE' });
    server = await startGitServer({ root });
    await expect(
      read(known, { repository: `${server.url}/nothing.git` }),
    ).rejects.toMatchObject({ code: 'GIT_REPOSITORY_NOT_FOUND' });
    expect((await read(known, { repository: path })).releases).toHaveLength(2);
  });

  it.each([
    [{ branch: 'nope' }, 'RELEASE_BRANCH_UNKNOWN'],
    [{ maintenance: 'a*b*' }, 'RELEASE_BRANCH_PATTERN_INVALID'],
    [{ maintenance: '--all' }, 'RELEASE_BRANCH_PATTERN_INVALID'],
  ])('refuses %j', async (more, code) => {
    make(history);
    await expect(read(undefined, more)).rejects.toMatchObject({ code });
    const known = await read();
    await expect(read(known, more)).rejects.toMatchObject({ code });
  });

  it('reads the repositories of this machine in place', async () => {
    make(history);
    const over = await read();
    const place = await read(undefined, { repository: path });
    expect({ ...place, fingerprint: '' }).toEqual({ ...over, fingerprint: '' });
    expect(await read(place, { repository: path })).toBe(place);
    addCommits(path, [{ message: 'fix: one', files: { h: '1' } }]);
    const later = await read(place, { repository: path });
    expect(later.lines[0].count).toBe(4);
  });

  it('reads a repository without a version, and with a file that has one', async () => {
    make([
      { message: 'feat: a', files: { VERSION: '0.7.0\n' } },
      { message: 'no convention', files: { b: '1' } },
    ]);
    const known = await read();
    expect(known.releases).toEqual([]);
    expect(known.lines[0]).toMatchObject({
      count: 2,
      counting: 1,
      next: { version: '0.7.0' },
    });
    expect(await read(known)).toBe(known);
    git(path, ['tag', 'v0.7.0', 'main']);
    const lightweight = await read(known);
    expect(lightweight.releases[0]).toMatchObject({
      version: '0.7.0',
      image: { kind: 'none' },
      oid: lightweight.head,
    });
  });

  it('counts only what touches the folder of one component of several', async () => {
    make([
      { message: 'feat: begin', files: { 'a/x': '1', 'b/x': '1' } },
      { ...released('0.1.0', 'n'), tag: 'a-v0.1.0' },
      { message: 'feat: of b', files: { 'b/x': '2' } },
      { message: 'fix: of a', files: { 'a/x': '2' } },
    ]);
    const standing = await read(undefined, { path: 'a' });
    expect(standing.lines[0]).toMatchObject({
      count: 1,
      next: { version: '0.1.1' },
    });
  });
});
