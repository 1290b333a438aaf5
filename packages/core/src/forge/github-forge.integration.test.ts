import { githubTokens, startGithub } from 'dojo-testing';
import type { TestGithub } from 'dojo-testing';
import { failureOf } from '../http/testing/failure-of';
import { createForgeOpener } from './create-forge-opener';
import { maxBodyLength } from './cut-notes';

const { signal } = new AbortController();
const repository = 'github.com/acme/ledger';
const release = {
  tag: 'v1.2.0',
  name: 'v1.2.0',
  notes: '### Features\n\n- pay by card\n',
  notesUrl: 'https://github.com/acme/ledger/blob/v1.2.0/CHANGELOG.md',
  prerelease: false,
};

describe('GithubForge', () => {
  let github: TestGithub;
  let waits: number[];

  const open = (token: string | undefined = githubTokens.write) => {
    const forge = createForgeOpener({
      githubs: [
        {
          host: 'github.com',
          apiBaseUrl: `${github.apiBaseUrl}/`,
          token: async () => token,
        },
      ],
      ports: {
        sleep: async milliseconds => void waits.push(milliseconds),
        clock: { now: () => new Date('2026-11-22T10:00:00Z') },
      },
    })('https://github.com/acme/ledger.git');
    if (forge === undefined) throw new Error('no forge');
    return forge;
  };
  const methods = () => github.log.map(entry => entry.method);
  const fail = (
    method: string,
    status: number,
    headers: Record<string, string> = {},
    body = '{"message":"no"}',
    times = 99,
  ) =>
    github.faults.add({
      method,
      times,
      fault: { kind: 'answer', status, headers, body },
    });

  beforeEach(async () => {
    github = await startGithub();
    waits = [];
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

  describe('createRelease', () => {
    it('publishes it with one POST', async () => {
      const made = await open().createRelease(release, signal);
      expect(made).toEqual({
        tag: 'v1.2.0',
        url: 'https://github.com/acme/ledger/releases/tag/v1.2.0',
        name: 'v1.2.0',
        body: release.notes,
        draft: false,
        prerelease: false,
      });
      expect(methods()).toEqual(['POST']);
      expect(github.releases()).toMatchObject([
        { tag_name: 'v1.2.0', draft: false, make_latest: 'legacy' },
      ]);
      expect(await open().readRelease('v1.2.0', signal)).toEqual(made);
    });

    it('never makes a pre-release the latest', async () => {
      await open().createRelease({ ...release, prerelease: true }, signal);
      expect(github.releases()).toMatchObject([
        { prerelease: true, make_latest: 'false' },
      ]);
    });

    it('changes nothing the second time', async () => {
      const forge = open();
      await forge.createRelease(release, signal);
      const again = { ...release, notes: 'other notes' };
      expect(await forge.createRelease(again, signal)).toMatchObject({
        body: release.notes,
      });
      expect(github.releases()).toHaveLength(1);
    });

    it('makes one for 16 at once', async () => {
      const forges = Array.from({ length: 16 }, () => open());
      const made = await Promise.all(
        forges.map(forge => forge.createRelease(release, signal)),
      );
      expect(new Set(made.map(each => each.url)).size).toBe(1);
      expect(github.releases()).toHaveLength(1);
    });

    it('believes the forge when the reply is lost', async () => {
      github.faults.add({ method: 'POST', fault: { kind: 'drop-reply' } });
      expect(await open().createRelease(release, signal)).toMatchObject({
        tag: 'v1.2.0',
      });
      expect(methods()).toEqual(['POST', 'GET']);
      expect(github.releases()).toHaveLength(1);
    });

    it('tries again when the request was lost', async () => {
      github.faults.add({ method: 'POST', fault: { kind: 'drop-request' } });
      await open().createRelease(release, signal);
      expect(methods()).toEqual(['POST', 'GET', 'POST']);
      expect(github.releases()).toHaveLength(1);
    });

    it('gives up on a forge that is down, and leaves nothing', async () => {
      fail('POST', 502);
      expect(
        await failureOf(open().createRelease(release, signal)),
      ).toMatchObject({
        code: 'FORGE_UNAVAILABLE',
        kind: 'unavailable',
        message: `${repository}: could not create release v1.2.0: the forge answered with status 502`,
      });
      expect(waits).toHaveLength(3);
      expect(github.releases()).toEqual([]);
    });

    it('stops between attempts when it is aborted', async () => {
      const run = new AbortController();
      github.faults.add({
        method: 'POST',
        fault: { kind: 'then', run: () => run.abort() },
      });
      await expect(open().createRelease(release, run.signal)).rejects.toThrow(
        'aborted',
      );
      expect(github.releases()).toHaveLength(1);
      expect(await open().createRelease(release, signal)).toMatchObject({
        tag: 'v1.2.0',
      });
      expect(github.releases()).toHaveLength(1);
    });

    it('cuts notes that GitHub would refuse', async () => {
      const notes = '- one more change\n'.repeat(10_000);
      const made = await open().createRelease({ ...release, notes }, signal);
      expect(made.body.length).toBeLessThan(maxBodyLength);
      expect(made.body).toContain(release.notesUrl);
    });

    it('publishes beside a draft of the same tag, which is not ours', async () => {
      github.addRelease({ tag_name: 'v1.2.0', draft: true });
      const forge = open();
      expect(await forge.readRelease('v1.2.0', signal)).toBeUndefined();
      await forge.createRelease(release, signal);
      expect(github.releases().map(each => each.draft)).toEqual([false, true]);
    });

    it.each([
      [403, githubTokens.read, 'FORGE_DENIED', 'denied'],
      [401, 'ghp_wr0ng/Token+9876543210', 'FORGE_DENIED', 'denied'],
      [401, '', 'FORGE_DENIED', 'denied'],
    ])('says so on a %i, without the token', async (_, token, code, kind) => {
      const error = await failureOf(open(token).createRelease(release, signal));
      expect(error).toMatchObject({ code, kind });
      expect(error.message).toContain(
        `${repository}: token missing or refused to create release v1.2.0`,
      );
      expect(github.releases()).toEqual([]);
    });

    it('shows no token that the forge sends back', async () => {
      const token = githubTokens.write;
      const base64 = Buffer.from(token).toString('base64');
      const encoded = encodeURIComponent(token);
      fail(
        'POST',
        403,
        {},
        JSON.stringify({ message: `bad ${token} ${base64} ${encoded}` }),
      );
      const error = await failureOf(open().createRelease(release, signal));
      expect(error.message).toContain('it says: bad [redacted]');
      for (const form of [token, base64, encoded]) {
        expect(`${JSON.stringify(error)}${error.stack}`).not.toContain(form);
      }
    });

    it("shows the forge's own reason for a refusal", async () => {
      fail(
        'POST',
        422,
        {},
        '{"message":"Validation Failed","errors":[{"code":"custom","message":"tag rule"}]}',
      );
      expect(
        await failureOf(open().createRelease(release, signal)),
      ).toMatchObject({
        code: 'FORGE_REFUSED',
        message: `${repository}: the forge refused to create release v1.2.0 with status 422 (it says: Validation Failed {"code":"custom","message":"tag rule"})`,
      });
    });

    it('does not follow a renamed repository with what it writes', async () => {
      github.rename('book');
      expect(
        await failureOf(open().createRelease(release, signal)),
      ).toMatchObject({
        code: 'FORGE_REPOSITORY_RENAMED',
        message: `${repository}: renamed or moved, which a write does not follow`,
      });
      expect(github.releases()).toEqual([]);
    });

    it('sends nothing to another host', async () => {
      const elsewhere = await startGithub();
      fail('POST', 307, { location: `${elsewhere.url}/repos/acme/ledger` });
      expect(
        await failureOf(open().createRelease(release, signal)),
      ).toMatchObject({ code: 'FORGE_REDIRECTED', kind: 'refused' });
      expect(elsewhere.log).toEqual([]);
      await elsewhere.close();
    });
  });

  describe('readRelease', () => {
    it('is undefined where the tag has none', async () => {
      expect(await open().readRelease('v9.9.9', signal)).toBeUndefined();
    });

    it('reads tags that need encoding', async () => {
      github.addRelease({ tag_name: 'app/v1.0.0', name: null, body: null });
      expect(await open().readRelease('app/v1.0.0', signal)).toMatchObject({
        tag: 'app/v1.0.0',
        body: '',
      });
    });

    it('needs no token', async () => {
      github.addRelease({ tag_name: 'v1.0.0' });
      expect(await open('').readRelease('v1.0.0', signal)).toMatchObject({
        tag: 'v1.0.0',
      });
      expect(github.log[0].authorization).toBeUndefined();
    });

    it('follows a renamed repository', async () => {
      github.addRelease({ tag_name: 'v1.0.0' });
      github.rename('book');
      expect(await open().readRelease('v1.0.0', signal)).toMatchObject({
        tag: 'v1.0.0',
      });
    });

    it('refuses another host, and sends it nothing', async () => {
      const elsewhere = await startGithub();
      fail('GET', 301, { location: `${elsewhere.url}/repos/acme/ledger` });
      expect(
        await failureOf(open().readRelease('v1.0.0', signal)),
      ).toMatchObject({
        code: 'FORGE_REDIRECTED',
        message: `${repository}: the forge redirects to ${elsewhere.host}, which is not followed`,
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
        fail('GET', status, headers as Record<string, string>);
        expect(
          await failureOf(open().readRelease('v1.0.0', signal)),
        ).toMatchObject({
          code: 'FORGE_RATE_LIMITED',
          kind: 'unavailable',
          message: `${repository}: the rate limit of the API is used up${until}`,
        });
      },
    );

    it('reads again after 503 and after connections that die', async () => {
      github.addRelease({ tag_name: 'v1.0.0' });
      fail('GET', 503, {}, '', 1);
      github.faults.add({ fault: { kind: 'drop-request' } });
      expect(await open().readRelease('v1.0.0', signal)).toBeDefined();
      expect(waits).toHaveLength(2);
    });

    it('has a sentence for an answer that is no release', async () => {
      fail('GET', 200, {}, '<html>');
      expect(
        await failureOf(open().readRelease('v1.0.0', signal)),
      ).toMatchObject({ code: 'FORGE_UNAVAILABLE' });
    });
  });

  describe('verifyAccess', () => {
    it('passes with a token that sees the repository, by reading alone', async () => {
      await open().verifyAccess(signal);
      expect(methods()).toEqual(['GET']);
    });

    it('refuses without a token', async () => {
      expect(await failureOf(open('').verifyAccess(signal))).toMatchObject({
        code: 'FORGE_DENIED',
        message: `${repository}: token missing or refused to publish releases`,
      });
      expect(github.log).toEqual([]);
    });

    it('refuses a repository that is not there', async () => {
      fail('GET', 404);
      expect(await failureOf(open().verifyAccess(signal))).toMatchObject({
        code: 'FORGE_REPOSITORY_NOT_FOUND',
        kind: 'not-found',
      });
    });

    it('refuses an archived repository', async () => {
      github.archive();
      expect(await failureOf(open().verifyAccess(signal))).toMatchObject({
        code: 'FORGE_REPOSITORY_ARCHIVED',
      });
    });
  });
});
