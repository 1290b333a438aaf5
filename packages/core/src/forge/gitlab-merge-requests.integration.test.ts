import { startGitlab } from 'dojo-testing';
import type { TestGitlab } from 'dojo-testing';
import type { PullRequests } from '../deploy/ports';
import { createPullRequestOpener } from './create-forge-opener';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const branches = { head: 'dojo/ledger/dev', base: 'main' };
const request = { ...branches, title: 'ledger 1.2.0 to dev', body: 'diff\n' };
const commit = 'a'.repeat(40);

// The server judges requests by what GitLab's description says of the six operations that are used.
describe('GitlabMergeRequests', () => {
  let gitlab: TestGitlab;

  beforeEach(async () => {
    gitlab = await startGitlab('acme/platform/infra');
    gitlab.setBranch(branches.head, commit);
  });
  afterEach(async () => {
    await gitlab.close();
    gitlab.verifyContract();
  });

  const openAt = (
    address: string,
    token: string | undefined = gitlab.tokens.write,
    apiBaseUrl = gitlab.apiBaseUrl,
  ) =>
    createPullRequestOpener({
      githubs: [],
      gitlabs: [{ host: 'gitlab.com', apiBaseUrl, token: async () => token }],
      ports: { sleep: async () => undefined },
    })(address);
  const open = (token?: string): PullRequests =>
    openAt('git@gitlab.com:acme/platform/infra.git', token)!;
  const methods = () => gitlab.log.map(({ method }) => method);

  it.each([
    ['https://gitlab.com/acme/platform/infra.git', true],
    ['ssh://git@gitlab.com:22/acme/platform/infra', true],
    ['https://gitlab.com/infra', false],
    ['https://gitlab.com/acme/../infra', false],
    ['https://github.com/acme/infra', false],
  ])('knows %s: %s', (address, isKnown) => {
    expect(openAt(address) !== undefined).toBe(isKnown);
  });

  it('opens one, which is found and read then', async () => {
    await expect(open().findOpen(branches, signal)).resolves.toBe(undefined);
    const made = await open().create(request, signal);
    expect(made).toEqual({
      ...request,
      number: 1,
      url: 'https://gitlab.com/acme/platform/infra/-/merge_requests/1',
      state: 'open',
      headCommit: commit,
      author: 'ada',
    });
    await expect(open().findOpen(branches, signal)).resolves.toEqual(made);
    await expect(open().read(1, signal)).resolves.toEqual(made);
    await expect(open().read(2, signal)).resolves.toBe(undefined);
  });

  it('returns the one that is open already, and opens no second one', async () => {
    const made = await open().create(request, signal);
    await expect(open().create(request, signal)).resolves.toEqual(made);
    const many = await Promise.all(
      [1, 2, 3].map(() => open().create(request, signal)),
    );
    expect(new Set(many.map(({ number }) => number))).toEqual(new Set([1]));
  });

  it('takes a lost reply for what it is', async () => {
    gitlab.faults.add({ method: 'POST', fault: { kind: 'drop-reply' } });
    await expect(open().create(request, signal)).resolves.toMatchObject({
      number: 1,
    });
    gitlab.edit(1, { state: 'closed' });
    gitlab.faults.add({ method: 'POST', fault: { kind: 'drop-request' } });
    await expect(open().create(request, signal)).resolves.toMatchObject({
      number: 2,
    });
    expect(gitlab.mergeRequests()).toHaveLength(2);
  });

  it('sets title and body, and lets no line of them command GitLab', async () => {
    const { number } = await open().create(request, signal);
    const body = 'one\n/merge\n  /approve\n';
    await expect(
      open().update(number, { title: 'other', body }, signal),
    ).resolves.toMatchObject({ title: 'other' });
    expect(gitlab.mergeRequests()[0].description).toBe(
      'one\n\\/merge\n  \\/approve\n',
    );
    await expect(
      open().update(9, { title: 'x', body }, signal),
    ).rejects.toMatchObject({ code: 'FORGE_REFUSED' });
  });

  it('tells what was merged, by whom, from what was closed and what a fork asks', async () => {
    gitlab.add({ source_branch: branches.head, source_project_id: 2 });
    gitlab.add({ source_branch: branches.head, state: 'closed' });
    gitlab.add({
      source_branch: branches.head,
      state: 'merged',
      merge_commit_sha: 'b'.repeat(40),
      merge_user: { username: 'bob' },
    });
    const found = await open().list(branches, 10, signal);
    expect(found).toMatchObject([
      {
        number: 3,
        state: 'merged',
        mergeCommit: 'b'.repeat(40),
        mergedBy: 'bob',
      },
      { number: 2, state: 'closed' },
    ]);
    await expect(open().findOpen(branches, signal)).resolves.toBe(undefined);
  });

  it('cuts what is too long', async () => {
    const made = await open().create(
      { ...request, title: 'x'.repeat(400), body: 'line\n'.repeat(20_000) },
      signal,
    );
    expect(made.title.length).toBeLessThan(256);
    expect(made.body.length).toBeLessThanOrEqual(60_000);
  });

  it('refuses a branch that is not there', async () => {
    await expect(
      open().create({ ...request, head: 'none' }, signal),
    ).rejects.toMatchObject({ code: 'FORGE_REFUSED', kind: 'refused' });
  });

  describe('verifyAccess', () => {
    const code = (pulls: PullRequests) =>
      pulls.verifyAccess(signal).then(
        () => 'none',
        error => error.code,
      );

    it('is content with a token that sees the project', async () => {
      await expect(code(open())).resolves.toBe('none');
      expect(methods()).toEqual(['GET']);
    });

    it('tells what is wrong before anything is written', async () => {
      await expect(code(open(''))).resolves.toBe('FORGE_DENIED');
      await expect(code(open('wrong'))).resolves.toBe('FORGE_DENIED');
      const other = openAt('https://gitlab.com/acme/other')!;
      await expect(code(other)).resolves.toBe('FORGE_REPOSITORY_NOT_FOUND');
      const plain = openAt(
        'https://gitlab.com/acme/infra',
        'secret',
        'http://gitlab.example.test/api/v4',
      )!;
      await expect(code(plain)).resolves.toBe('FORGE_NOT_HTTPS');
      gitlab.archive();
      await expect(code(open())).resolves.toBe('FORGE_REPOSITORY_ARCHIVED');
    });

    it('has no token in an error', async () => {
      gitlab.faults.add({
        fault: {
          kind: 'answer',
          status: 403,
          body: JSON.stringify({ message: `no ${gitlab.tokens.write}` }),
        },
      });
      const error = await open()
        .verifyAccess(signal)
        .catch(thrown => thrown);
      expect(error.code).toBe('FORGE_DENIED');
      expect(`${error.message}${error.hint}`).not.toContain('glpat');
    });
  });

  it('tells rate limits, redirects and failures apart', async () => {
    const answer = (status: number, headers = {}) =>
      gitlab.faults.add({
        times: 4,
        fault: { kind: 'answer', status, headers, body: '{}' },
      });
    const code = () =>
      open()
        .findOpen(branches, signal)
        .catch(e => e.code);
    answer(429, { 'ratelimit-reset': '1800000000' });
    await expect(code()).resolves.toBe('FORGE_RATE_LIMITED');
    gitlab.faults.clear();
    answer(301, { location: 'https://evil.example.test/' });
    await expect(code()).resolves.toBe('FORGE_REPOSITORY_RENAMED');
    gitlab.faults.clear();
    answer(500);
    await expect(code()).resolves.toBe('FORGE_UNAVAILABLE');
  });

  it('tells whether a review is enforced, where the edition has approval rules', async () => {
    const rule = () => open().readReviewRule('main', signal);
    await expect(rule()).resolves.toBe('unknown');
    gitlab.setRules([]);
    await expect(rule()).resolves.toBe('not-enforced');
    gitlab.setRules([
      { approvals_required: 1, protected_branches: [{ name: 'other' }] },
    ]);
    await expect(rule()).resolves.toBe('not-enforced');
    gitlab.setRules([{ approvals_required: 1, protected_branches: [] }]);
    await expect(rule()).resolves.toBe('enforced');
  });
});
