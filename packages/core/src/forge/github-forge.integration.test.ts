import { startGithub } from 'dojo-testing';
import type { TestGithub } from 'dojo-testing';
import { failureOf } from '../http/__testUtils__/failure-of';
import { createForgeOpener } from './create-forge-opener';
import {
  failAll,
  openTestForge,
  testRepository,
} from './__testUtils__/open-test-forge';

jest.setTimeout(60_000);

const { signal } = new AbortController();

describe('GithubForge', () => {
  let github: TestGithub;
  const methods = () => github.log.map(entry => entry.method);

  beforeEach(async () => {
    github = await startGithub();
  });
  afterEach(async () => {
    await github.close();
    github.verifyContract();
  });

  it('knows no other host', () => {
    const opener = createForgeOpener({ githubs: [] });
    expect(opener('https://github.com/acme/ledger')).toBeUndefined();
    expect(opener('/srv/ledger.git')).toBeUndefined();
  });

  it('sends its token to https, or to this machine, and nowhere else', async () => {
    const seen: (string | undefined)[] = [];
    const open = (apiBaseUrl: string) =>
      createForgeOpener({
        githubs: [
          { host: 'github.com', apiBaseUrl, token: async () => 'ghs_secret' },
        ],
        ports: {
          send: async ({ headers }) => {
            seen.push(headers.authorization);
            return { status: 404, headers: new Headers(), body: Buffer.of() };
          },
        },
      })('https://github.com/acme/ledger')!;
    for (const url of ['http://vm:18731/api/v3', 'https://api.github.com']) {
      await open(url).readRelease('v1.0.0', signal);
    }
    expect(seen).toEqual([undefined, 'Bearer ghs_secret']);
    await expect(
      open('http://vm:18731/api/v3').verifyAccess(signal),
    ).rejects.toMatchObject({ code: 'FORGE_NOT_HTTPS', kind: 'refused' });
    expect(seen).toHaveLength(2);
  });

  describe('readRelease', () => {
    it('is undefined where the tag has none', async () => {
      expect(
        await openTestForge(github).forge.readRelease('v9.9.9', signal),
      ).toBeUndefined();
    });

    it('reads tags that need encoding', async () => {
      github.addRelease({ tag_name: 'app/v1.0.0', name: null, body: null });
      expect(
        await openTestForge(github).forge.readRelease('app/v1.0.0', signal),
      ).toMatchObject({
        tag: 'app/v1.0.0',
        body: '',
      });
    });

    it('needs no token', async () => {
      github.addRelease({ tag_name: 'v1.0.0' });
      expect(
        await openTestForge(github, '').forge.readRelease('v1.0.0', signal),
      ).toMatchObject({
        tag: 'v1.0.0',
      });
      expect(github.log[0].authorization).toBeUndefined();
    });

    it('follows a renamed repository', async () => {
      github.addRelease({ tag_name: 'v1.0.0' });
      github.rename('book');
      expect(
        await openTestForge(github).forge.readRelease('v1.0.0', signal),
      ).toMatchObject({
        tag: 'v1.0.0',
      });
    });

    it('refuses another host, and sends it nothing', async () => {
      const elsewhere = await startGithub();
      failAll(github, 'GET', 301, {
        headers: { location: `${elsewhere.url}/repos/acme/ledger` },
      });
      expect(
        await failureOf(
          openTestForge(github).forge.readRelease('v1.0.0', signal),
        ),
      ).toMatchObject({
        code: 'FORGE_REDIRECTED',
        message: `${testRepository}: the forge redirects to ${elsewhere.host}, which is not followed`,
      });
      expect(elsewhere.log).toEqual([]);
      await elsewhere.close();
    });

    it.each([
      [
        403,
        { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795348800' },
        ' until 2026-11-22T12:00:00.000Z',
      ],
      [403, { 'retry-after': '90' }, ' until 2026-11-22T10:01:30.000Z'],
      [429, { 'retry-after': '90' }, ' until 2026-11-22T10:01:30.000Z'],
      [429, {}, ''],
    ])(
      'says until when the rate limit holds (%i %j)',
      async (status, headers, until) => {
        failAll(github, 'GET', status, {
          headers: headers as Record<string, string>,
        });
        expect(
          await failureOf(
            openTestForge(github).forge.readRelease('v1.0.0', signal),
          ),
        ).toMatchObject({
          code: 'FORGE_RATE_LIMITED',
          kind: 'unavailable',
          message: `${testRepository}: the rate limit of the API is used up${until}`,
        });
      },
    );

    it.each([
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.',
      'You have triggered an abuse detection mechanism.',
      'API rate limit exceeded for installation ID 5.',
    ])('knows a rate limit by its words alone: %s', async message => {
      failAll(github, 'GET', 403, {
        // The primary limit is far from used up, and its reset says nothing.
        headers: {
          'x-ratelimit-remaining': '4711',
          'x-ratelimit-reset': '1795348800',
        },
        body: JSON.stringify({ message }),
      });
      expect(
        await failureOf(
          openTestForge(github).forge.readRelease('v1.0.0', signal),
        ),
      ).toMatchObject({
        code: 'FORGE_RATE_LIMITED',
        message: `${testRepository}: the rate limit of the API is used up`,
        hint: expect.stringContaining('Run it again later'),
      });
    });

    it('reads again after 503 and after connections that die', async () => {
      const { forge, waits } = openTestForge(github);
      github.addRelease({ tag_name: 'v1.0.0' });
      failAll(github, 'GET', 503, { times: 1 });
      github.faults.add({ fault: { kind: 'drop-request' } });
      expect(await forge.readRelease('v1.0.0', signal)).toBeDefined();
      expect(waits).toHaveLength(2);
    });

    it('has a sentence for an answer that is no release', async () => {
      failAll(github, 'GET', 200, { body: '<html>' });
      expect(
        await failureOf(
          openTestForge(github).forge.readRelease('v1.0.0', signal),
        ),
      ).toMatchObject({ code: 'FORGE_UNAVAILABLE' });
    });
  });

  describe('verifyAccess', () => {
    it('passes with a token that sees the repository, by reading alone', async () => {
      await openTestForge(github).forge.verifyAccess(signal);
      expect(methods()).toEqual(['GET']);
    });

    it('refuses without a token', async () => {
      expect(
        await failureOf(openTestForge(github, '').forge.verifyAccess(signal)),
      ).toMatchObject({
        code: 'FORGE_DENIED',
        message: `${testRepository}: token missing or refused to publish releases`,
      });
      expect(github.log).toEqual([]);
    });

    it('refuses a repository that is not there', async () => {
      failAll(github, 'GET', 404);
      expect(
        await failureOf(openTestForge(github).forge.verifyAccess(signal)),
      ).toMatchObject({
        code: 'FORGE_REPOSITORY_NOT_FOUND',
        kind: 'not-found',
      });
    });

    it('refuses an archived repository', async () => {
      github.archive();
      expect(
        await failureOf(openTestForge(github).forge.verifyAccess(signal)),
      ).toMatchObject({
        code: 'FORGE_REPOSITORY_ARCHIVED',
      });
    });
  });
});
