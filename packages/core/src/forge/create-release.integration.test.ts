import { githubTokens, startGithub } from 'dojo-testing';
import type { TestGithub } from 'dojo-testing';
import { failureOf } from '../http/__testUtils__/failure-of';
import { maxBodyLength } from './cut-notes';
import {
  failAll,
  openTestForge,
  testRepository,
} from './__testUtils__/open-test-forge';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const release = {
  tag: 'v1.2.0',
  name: 'v1.2.0',
  notes: '### Features\n\n- pay by card\n',
  notesUrl: 'https://github.com/acme/ledger/blob/v1.2.0/CHANGELOG.md',
  prerelease: false,
};

describe('GithubForge.createRelease', () => {
  let github: TestGithub;
  const methods = () => github.log.map(entry => entry.method);

  beforeEach(async () => {
    github = await startGithub();
  });
  afterEach(async () => {
    await github.close();
    github.verifyContract();
  });

  it('publishes it with one POST', async () => {
    const made = await openTestForge(github).forge.createRelease(
      release,
      signal,
    );
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
    expect(
      await openTestForge(github).forge.readRelease('v1.2.0', signal),
    ).toEqual(made);
  });

  it('never makes a pre-release the latest', async () => {
    await openTestForge(github).forge.createRelease(
      { ...release, prerelease: true },
      signal,
    );
    expect(github.releases()).toMatchObject([
      { prerelease: true, make_latest: 'false' },
    ]);
  });

  it('changes nothing the second time', async () => {
    const forge = openTestForge(github).forge;
    await forge.createRelease(release, signal);
    const again = { ...release, notes: 'other notes' };
    expect(await forge.createRelease(again, signal)).toMatchObject({
      body: release.notes,
    });
    expect(github.releases()).toHaveLength(1);
  });

  it('makes one for 16 at once', async () => {
    const forges = Array.from(
      { length: 16 },
      () => openTestForge(github).forge,
    );
    const made = await Promise.all(
      forges.map(forge => forge.createRelease(release, signal)),
    );
    expect(new Set(made.map(each => each.url)).size).toBe(1);
    expect(github.releases()).toHaveLength(1);
  });

  it('believes the forge when the reply is lost', async () => {
    github.faults.add({ method: 'POST', fault: { kind: 'drop-reply' } });
    expect(
      await openTestForge(github).forge.createRelease(release, signal),
    ).toMatchObject({
      tag: 'v1.2.0',
    });
    expect(methods()).toEqual(['POST', 'GET']);
    expect(github.releases()).toHaveLength(1);
  });

  it('tries again when the request was lost', async () => {
    github.faults.add({ method: 'POST', fault: { kind: 'drop-request' } });
    await openTestForge(github).forge.createRelease(release, signal);
    expect(methods()).toEqual(['POST', 'GET', 'POST']);
    expect(github.releases()).toHaveLength(1);
  });

  it('gives up on a forge that is down, and leaves nothing', async () => {
    const { forge, waits } = openTestForge(github);
    failAll(github, 'POST', 502);
    expect(await failureOf(forge.createRelease(release, signal))).toMatchObject(
      {
        code: 'FORGE_UNAVAILABLE',
        kind: 'unavailable',
        message: `${testRepository}: could not create release v1.2.0: the forge answered with status 502`,
      },
    );
    expect(waits).toHaveLength(3);
    expect(github.releases()).toEqual([]);
  });

  it('stops between attempts when it is aborted', async () => {
    const run = new AbortController();
    github.faults.add({
      method: 'POST',
      fault: { kind: 'then', run: () => run.abort() },
    });
    await expect(
      openTestForge(github).forge.createRelease(release, run.signal),
    ).rejects.toThrow('aborted');
    expect(github.releases()).toHaveLength(1);
    expect(
      await openTestForge(github).forge.createRelease(release, signal),
    ).toMatchObject({
      tag: 'v1.2.0',
    });
    expect(github.releases()).toHaveLength(1);
  });

  it('cuts notes that GitHub would refuse', async () => {
    const notes = '- one more change\n'.repeat(10_000);
    const made = await openTestForge(github).forge.createRelease(
      { ...release, notes },
      signal,
    );
    expect(made.body.length).toBeLessThan(maxBodyLength);
    expect(made.body).toContain(release.notesUrl);
  });

  it('publishes beside a draft of the same tag, which is not ours', async () => {
    github.addRelease({ tag_name: 'v1.2.0', draft: true });
    const forge = openTestForge(github).forge;
    expect(await forge.readRelease('v1.2.0', signal)).toBeUndefined();
    await forge.createRelease(release, signal);
    expect(github.releases().map(each => each.draft)).toEqual([false, true]);
  });

  it.each([
    [403, githubTokens.read, 'FORGE_DENIED', 'denied'],
    [401, 'ghp_wr0ng/Token+9876543210', 'FORGE_DENIED', 'denied'],
    [401, '', 'FORGE_DENIED', 'denied'],
  ])('says so on a %i, without the token', async (_, token, code, kind) => {
    const error = await failureOf(
      openTestForge(github, token).forge.createRelease(release, signal),
    );
    expect(error).toMatchObject({ code, kind });
    expect(error.message).toContain(
      `${testRepository}: token missing or refused to create release v1.2.0`,
    );
    expect(github.releases()).toEqual([]);
  });

  it('shows no token that the forge sends back', async () => {
    const token = githubTokens.write;
    const base64 = Buffer.from(token).toString('base64');
    const encoded = encodeURIComponent(token);
    failAll(github, 'POST', 403, {
      body: JSON.stringify({ message: `bad ${token} ${base64} ${encoded}` }),
    });
    const error = await failureOf(
      openTestForge(github).forge.createRelease(release, signal),
    );
    expect(error.message).toContain('it says: bad [redacted]');
    for (const form of [token, base64, encoded]) {
      expect(`${JSON.stringify(error)}${error.stack}`).not.toContain(form);
    }
  });

  it("shows the forge's own reason for a refusal", async () => {
    failAll(github, 'POST', 422, {
      body: '{"message":"Validation Failed","errors":[{"code":"custom","message":"tag rule"}]}',
    });
    expect(
      await failureOf(
        openTestForge(github).forge.createRelease(release, signal),
      ),
    ).toMatchObject({
      code: 'FORGE_REFUSED',
      message: `${testRepository}: the forge refused to create release v1.2.0 with status 422 (it says: Validation Failed {"code":"custom","message":"tag rule"})`,
    });
  });

  it('does not follow a renamed repository with what it writes', async () => {
    github.rename('book');
    expect(
      await failureOf(
        openTestForge(github).forge.createRelease(release, signal),
      ),
    ).toMatchObject({
      code: 'FORGE_REPOSITORY_RENAMED',
      message: `${testRepository}: renamed or moved, which a write does not follow`,
    });
    expect(github.releases()).toEqual([]);
  });

  it('sends nothing to another host', async () => {
    const elsewhere = await startGithub();
    failAll(github, 'POST', 307, {
      headers: { location: `${elsewhere.url}/repos/acme/ledger` },
    });
    expect(
      await failureOf(
        openTestForge(github).forge.createRelease(release, signal),
      ),
    ).toMatchObject({ code: 'FORGE_REDIRECTED', kind: 'refused' });
    expect(elsewhere.log).toEqual([]);
    await elsewhere.close();
  });
});
