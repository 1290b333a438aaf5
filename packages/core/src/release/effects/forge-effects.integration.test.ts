import { githubTokens, startGithub } from 'dojo-testing';
import type { TestGithub } from 'dojo-testing';
import { settle } from '../../effect/effect';
import { toEffects } from '../../effect/effect-step';
import { createForgeOpener } from '../../forge/create-forge-opener';
import { forgeReleaseStep } from './forge-effects';
import type { Forge, ForgeRelease } from '../ports';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const promise = {
  tag: 'v1.2.0',
  version: '1.2.0',
  notes: '### Features\n\n- pay by card\n',
};

describe('forgeReleaseStep', () => {
  let github: TestGithub;

  const open = (): Forge => {
    const { apiBaseUrl } = github;
    const token = async () => githubTokens.write;
    const opener = createForgeOpener({
      githubs: [{ host: 'github.com', apiBaseUrl, token }],
      ports: { sleep: async () => undefined },
    });
    return opener('https://github.com/acme/ledger')!;
  };
  const run = async (more: Partial<typeof promise> = {}, abort = signal) => {
    const subject = { ...promise, ...more };
    const published: [tag: string, url: string][] = [];
    const effects = toEffects([forgeReleaseStep(subject)], {
      changelog: 'docs/CHANGE LOG.md',
      openForge: open,
      onPublished: (tag, url) => published.push([tag, url]),
    });
    const [outcome] = await settle(effects, { signal: abort });
    return { outcome, published };
  };
  const posts = () => github.log.filter(each => each.method === 'POST');

  beforeEach(async () => {
    github = await startGithub();
  });
  afterEach(async () => {
    await github.close();
    github.verifyContract();
  });

  it('publishes the release', async () => {
    const { outcome, published } = await run();
    expect(outcome).toEqual({ kind: 'done', key: 'forge release v1.2.0' });
    expect(published).toEqual([
      ['v1.2.0', 'https://github.com/acme/ledger/releases/tag/v1.2.0'],
    ]);
    expect(github.releases()).toMatchObject([
      {
        tag_name: 'v1.2.0',
        name: 'v1.2.0',
        body: promise.notes,
        prerelease: false,
      },
    ]);
  });

  it('calls a pre-release one', async () => {
    await run({ tag: 'v2.0.0-rc.1', version: '2.0.0-rc.1' });
    expect(github.releases()).toMatchObject([{ prerelease: true }]);
  });

  it('changes nothing the second time', async () => {
    await run();
    const { outcome } = await run();
    expect(outcome).toMatchObject({ kind: 'already-done' });
    expect(posts()).toHaveLength(1);
  });

  it('makes one for 16 at once', async () => {
    const runs = await Promise.all(Array.from({ length: 16 }, () => run()));
    for (const { outcome } of runs) {
      expect(['done', 'already-done']).toContain(outcome.kind);
    }
    expect(github.releases()).toHaveLength(1);
  });

  it('keeps what a person wrote into it since', async () => {
    await run();
    github.editRelease('v1.2.0', { name: 'The card', body: 'Corrected.' });
    const { outcome, published } = await run();
    expect(outcome).toMatchObject({ kind: 'already-done' });
    expect(published).toHaveLength(1);
    expect(github.releases()).toMatchObject([{ body: 'Corrected.' }]);
  });

  it('publishes beside a draft, which it does not touch', async () => {
    github.addRelease({ tag_name: 'v1.2.0', body: 'not yet', draft: true });
    const { outcome } = await run();
    expect(outcome).toMatchObject({ kind: 'done' });
    expect(github.releases()).toMatchObject([
      { draft: false },
      { draft: true, body: 'not yet' },
    ]);
  });

  it('does not take a draft for the release where a forge shows it', async () => {
    const draft: ForgeRelease = {
      tag: 'v1.2.0',
      url: 'https://forge.test',
      name: '',
      body: '',
      draft: true,
      prerelease: false,
    };
    const forge = { ...open(), readRelease: async () => draft } as Forge;
    const onPublished = jest.fn();
    const effects = toEffects([forgeReleaseStep(promise)], {
      changelog: 'none',
      openForge: () => forge,
      onPublished,
    });
    expect(await settle(effects, { signal })).toMatchObject([
      {
        kind: 'failed',
        error: {
          code: 'EFFECT_CONFLICT',
          message: 'forge release v1.2.0 is a draft, planned published',
          hint: 'Publish the draft on the forge, or delete it, and run it again.',
        },
      },
    ]);
    expect(onPublished).not.toHaveBeenCalled();
  });

  it('links to the changelog at the tag where the notes are too long', async () => {
    await run({ notes: '- one more\n'.repeat(12_000) });
    expect(github.releases()[0].body).toContain(
      'https://github.com/acme/ledger/blob/v1.2.0/docs/CHANGE%20LOG.md',
    );
  });

  describe('when a run is cut', () => {
    it.each([0, 1, 2])(
      'is finished by the next, from request %i on',
      async at => {
        const cut = new AbortController();
        github.faults.add({ times: at, fault: { kind: 'then', run() {} } });
        github.faults.add({ fault: { kind: 'then', run: () => cut.abort() } });
        await run({}, cut.signal).catch(() => undefined);
        github.faults.clear();
        const { outcome } = await run();
        expect(['done', 'already-done']).toContain(outcome.kind);
        expect(github.releases()).toHaveLength(1);
      },
    );

    it('reports a failure, and nothing is there', async () => {
      github.faults.add({
        method: 'POST',
        times: 99,
        fault: { kind: 'answer', status: 500 },
      });
      const { outcome } = await run();
      expect(outcome).toMatchObject({
        kind: 'failed',
        error: { code: 'FORGE_UNAVAILABLE' },
      });
      expect(github.releases()).toEqual([]);
    });
  });
});
