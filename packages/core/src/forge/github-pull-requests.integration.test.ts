import { startGithub } from 'dojo-testing';
import type { TestGithub } from 'dojo-testing';
import type { PullRequests } from '../deploy/ports';
import { createPullRequestOpener } from './create-forge-opener';
import { failAll } from './__testUtils__/open-test-forge';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const branches = { head: 'dojo/ledger-dev', base: 'main' };
const request = { ...branches, title: 'ledger 1.2.0 to dev', body: 'diff\n' };
const commit = 'a'.repeat(40);

describe('GithubPullRequests', () => {
  let github: TestGithub;
  let waits: number[];

  beforeEach(async () => {
    github = await startGithub();
    github.setBranch(branches.head, commit);
    waits = [];
  });
  afterEach(async () => {
    await github.close();
    github.verifyContract();
  });

  const open = (token: string = github.tokens.write): PullRequests =>
    createPullRequestOpener({
      githubs: [
        {
          host: 'github.com',
          apiBaseUrl: github.apiBaseUrl,
          token: async () => token,
        },
      ],
      ports: { sleep: async milliseconds => void waits.push(milliseconds) },
    })('git@github.com:acme/ledger.git')!;
  const methods = () => github.log.map(({ method }) => method);

  it('knows no other host', () => {
    const opener = createPullRequestOpener({ githubs: [] });
    expect(opener('https://github.com/acme/ledger')).toBeUndefined();
    expect(open().webUrl).toBe('https://github.com/acme/ledger');
  });

  describe('readReviewRule', () => {
    const rule = (token?: string) => open(token).readReviewRule('main', signal);

    it.each([
      ['nothing', undefined, 'not-enforced'],
      ['a ruleset', { kind: 'ruleset', approvals: 1 }, 'enforced'],
      [
        'a ruleset without approvals',
        { kind: 'ruleset', approvals: 0 },
        'not-enforced',
      ],
      ['protection', { kind: 'protection', approvals: 2 }, 'enforced'],
      [
        'protection without approvals',
        { kind: 'protection', approvals: 0 },
        'not-enforced',
      ],
      ['protection that is not told', { kind: 'hidden' }, 'unknown'],
    ] as const)('tells what %s means', async (_, held, expected) => {
      if (held) github.setRule('main', held);
      await expect(rule()).resolves.toBe(expected);
    });

    it('does not know it where the forge does not answer', async () => {
      failAll(github, 'GET', 500);
      await expect(rule()).resolves.toBe('unknown');
      await expect(rule('wrong')).resolves.toBe('unknown');
    });
  });

  describe('create', () => {
    it('opens one, which is found then', async () => {
      await expect(open().findOpen(branches, signal)).resolves.toBe(undefined);
      const made = await open().create(request, signal);
      expect(made).toEqual({
        ...request,
        number: 1,
        url: 'https://github.com/acme/ledger/pull/1',
        state: 'open',
        headCommit: commit,
        author: 'octocat',
      });
      await expect(open().findOpen(branches, signal)).resolves.toEqual(made);
      await expect(open().read(1, signal)).resolves.toEqual(made);
    });

    it('takes the one that is open', async () => {
      const first = await open().create(request, signal);
      await expect(
        open().create({ ...request, title: 'other' }, signal),
      ).resolves.toEqual(first);
      expect(github.pulls()).toHaveLength(1);
    });

    it('opens one where several ask at once', async () => {
      const all = await Promise.all(
        Array.from({ length: 4 }, () => open().create(request, signal)),
      );
      expect(new Set(all.map(({ number }) => number))).toEqual(new Set([1]));
      expect(github.pulls()).toHaveLength(1);
    });

    it('looks it up where the reply is lost, and opens no second', async () => {
      github.faults.add({
        method: 'POST',
        times: 1,
        fault: { kind: 'drop-reply' },
      });
      await expect(open().create(request, signal)).resolves.toMatchObject({
        number: 1,
      });
      expect(methods()).toEqual(['POST', 'GET']);
      expect(waits).toHaveLength(1);
      expect(github.pulls()).toHaveLength(1);
    });

    it('asks again where the first left nothing', async () => {
      failAll(github, 'POST', 502, { times: 2 });
      await open().create(request, signal);
      expect(methods()).toEqual(['POST', 'GET', 'POST', 'GET', 'POST']);
      expect(github.pulls()).toHaveLength(1);
    });

    it.each([
      ['the branch is not there', { head: 'gone' }, '"field":"head"'],
      ['the base is not there', { base: 'trunk' }, '"field":"base"'],
    ])('says what is wrong: %s', async (_, change, said) => {
      await expect(
        open().create({ ...request, ...change }, signal),
      ).rejects.toMatchObject({
        code: 'FORGE_REFUSED',
        kind: 'refused',
        message: expect.stringContaining(said),
      });
    });

    it('says that there is nothing to merge', async () => {
      github.setBranch('main', commit);
      await expect(open().create(request, signal)).rejects.toMatchObject({
        code: 'FORGE_REFUSED',
        message: expect.stringContaining('No commits between main and'),
      });
    });

    it('cuts a title and a body that are too long', async () => {
      const made = await open().create(
        { ...request, title: 'x\n'.repeat(300), body: 'y\n'.repeat(40_000) },
        signal,
      );
      expect(made.title).toMatch(/^(x )+x?…$/);
      expect(made.body.length).toBeLessThanOrEqual(60_000);
      expect(made.body).toContain('too long');
    });

    it('says that the token may not', async () => {
      await expect(
        open(github.tokens.read).create(request, signal),
      ).rejects.toMatchObject({
        code: 'FORGE_DENIED',
        hint: expect.stringContaining('pull requests: write'),
      });
      await expect(open('').verifyAccess(signal)).rejects.toMatchObject({
        code: 'FORGE_DENIED',
      });
    });
  });

  describe('findOpen', () => {
    it('takes none of a fork, of another base or branch, and none that is closed', async () => {
      github.addPull({ head: branches.head, isOfFork: true });
      github.addPull({ head: branches.head, base: 'next' });
      github.addPull({ head: 'dojo/ledger-devel' });
      const closed = github.addPull({ head: branches.head });
      github.editPull(closed.number, { state: 'closed' });
      await expect(open().findOpen(branches, signal)).resolves.toBe(undefined);
      const made = await open().create(request, signal);
      await expect(open().findOpen(branches, signal)).resolves.toEqual(made);
      await expect(open().list(branches, 10, signal)).resolves.toMatchObject([
        { number: made.number, state: 'open' },
        { number: closed.number, state: 'closed' },
      ]);
    });
  });

  describe('update', () => {
    it('sets title and body, and is sent again where the reply is lost', async () => {
      const { number } = await open().create(request, signal);
      github.faults.add({
        method: 'PATCH',
        times: 1,
        fault: { kind: 'drop-reply' },
      });
      await expect(
        open().update(number, { title: 'new', body: 'text' }, signal),
      ).resolves.toMatchObject({ number, title: 'new', body: 'text' });
      expect(github.pulls()).toMatchObject([{ title: 'new', body: 'text' }]);
    });

    it('says that there is none', async () => {
      await expect(
        open().update(7, { title: 'x', body: '' }, signal),
      ).rejects.toMatchObject({ code: 'FORGE_REFUSED' });
    });
  });

  describe('read', () => {
    it('tells who merged it, and the commit that landed', async () => {
      const { number } = await open().create(request, signal);
      github.mergePull(number, 'b'.repeat(40));
      await expect(open().read(number, signal)).resolves.toMatchObject({
        state: 'merged',
        mergeCommit: 'b'.repeat(40),
        mergedBy: 'octocat',
      });
    });

    it('has no commit that landed of one that is only closed', async () => {
      const { number } = await open().create(request, signal);
      github.editPull(number, { state: 'closed' });
      const read = await open().read(number, signal);
      expect(read).toMatchObject({ state: 'closed' });
      expect(read).not.toHaveProperty('mergeCommit');
      await expect(open().read(99, signal)).resolves.toBe(undefined);
    });
  });
});
