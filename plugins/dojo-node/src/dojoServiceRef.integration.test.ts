import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  git,
  GitServer,
  makeRepository,
  readRefs,
  startGitServer,
} from 'dojo-testing';
import {
  startDojoService,
  TestDojoService,
} from './__testUtils__/startDojoService';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'dojo-service-'));
const forge = join(folder, 'forge');
const repository = join(forge, 'ledger.git');
const password = 'pa:ss/wörd+hunter2';
const authorization = `Basic ${Buffer.from(`bot:${password}`).toString(
  'base64',
)}`;
const choices = {};
const component = 'component:default/ledger';

/** Whatever form the secret may come back in. */
function expectNoSecret(...things: unknown[]): void {
  const seen = things
    .map(thing =>
      thing instanceof Error
        ? `${thing.stack} ${JSON.stringify(thing)}`
        : JSON.stringify(thing, (_key, value) =>
            value instanceof Error ? `${value.stack}` : value,
          ),
    )
    .join('\n');
  for (const form of [
    password,
    encodeURIComponent(password),
    JSON.stringify(password).slice(1, -1),
    authorization.slice('Basic '.length),
    Buffer.from(password).toString('base64').replace(/=+$/, ''),
  ]) {
    expect(seen).not.toContain(form);
  }
}

describe('dojoServiceRef', () => {
  const { signal } = new AbortController();
  const options = { credentials: mockCredentials.user(), signal };
  let server: GitServer;
  let host: string;
  let running: TestDojoService | undefined;

  const start = async (
    annotations: Record<string, string>,
    config: object = {},
  ) => {
    running = await startDojoService({
      annotations,
      config: {
        backend: { workingDirectory: join(folder, 'work') },
        integrations: { gitea: [{ host, username: 'bot', password }] },
        dojo: {
          localForge: { root: forge },
          registries: [{ host: 'ghcr.io', username: 'bot', password }],
        },
        ...config,
      },
    });
    return running;
  };

  beforeAll(async () => {
    server = await startGitServer({ root: forge, authorization });
    host = new URL(server.url).host;
  });
  beforeEach(() => {
    rmSync(repository, { recursive: true, force: true });
    makeRepository(repository, {
      commits: [
        {
          message: 'feat: begin',
          files: { VERSION: '1.0.0\n' },
          tag: 'v1.0.0',
        },
        { message: 'fix: round half to even' },
      ],
    });
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each([
    ['of the local forge', () => 'file:ledger.git'],
    [
      'of a host in integrations, with its credentials',
      () => `${server.url}/ledger.git`,
    ],
  ])('with a repository %s', (_name, url) => {
    it('plans and writes nothing', async () => {
      const { dojo, audit } = await start({ 'dojo/repository': url() });
      const before = readRefs(repository);
      const result = await dojo.releases.plan({ component, choices }, options);
      expect(result).toMatchObject({ outcome: 'planned', version: '1.0.1' });
      expect(readRefs(repository)).toEqual(before);
      expect(audit).toMatchObject([
        {
          event: { eventId: 'release-plan', meta: { component } },
          end: {
            kind: 'success',
            options: { meta: { outcome: 'planned', version: '1.0.1' } },
          },
        },
      ]);
      expectNoSecret(result, audit);
    });

    it('releases once, tells each effect, and leaves nothing behind', async () => {
      const { dojo, audit } = await start({
        'dojo/repository': url(),
        'dojo/branch': 'main',
      });
      const outcomes: unknown[] = [];
      const log: string[] = [];
      const run = () =>
        dojo.releases.release(
          { component, choices },
          {
            ...options,
            log: line => log.push(line),
            onOutcome: outcome => outcomes.push(outcome),
          },
        );
      const result = await run();
      expect(result).toMatchObject({ outcome: 'released', tag: 'v1.0.1' });
      expect(outcomes).toEqual([{ kind: 'done', key: 'refs main + v1.0.1' }]);
      expect(git(repository, ['rev-parse', 'v1.0.1^0'])).toBe(result.commit);

      const after = readRefs(repository);
      await run();
      expect(readRefs(repository)).toEqual(after);
      expect(audit.map(({ end }) => end?.kind)).toEqual(['success', 'success']);
      expect(readdirSync(join(folder, 'work'))).toEqual([]);
      expectNoSecret(result, audit, log);
    });
  });

  describe('when an annotation is hostile', () => {
    it.each([
      [
        'dojo/repository',
        '--upload-pack=touch /tmp/x',
        'REPOSITORY_NOT_ALLOWED',
      ],
      ['dojo/repository', 'ext::sh -c id', 'REPOSITORY_NOT_ALLOWED'],
      ['dojo/repository', 'file:../../etc', 'GIT_PATH_OUTSIDE_FORGE'],
      ['dojo/repository', 'file:///etc', 'GIT_PATH_OUTSIDE_FORGE'],
      ['dojo/repository', '/etc', 'REPOSITORY_NOT_ALLOWED'],
      ['dojo/repository', 'https://evil.test/x', 'GIT_HOST_NOT_ALLOWED'],
      ['dojo/repository', 'git@evil.test:x', 'GIT_HOST_NOT_ALLOWED'],
      ['dojo/repository', 'https://github.com/a/b', 'GIT_HOST_NOT_ALLOWED'],
      ['dojo/branch', '--force', expect.any(String)],
      ['dojo/branch', 'refs/tags/v1.0.0:refs/heads/x', expect.any(String)],
      ['dojo/branch', 'nowhere', expect.any(String)],
      ['dojo/image', 'evil.test/acme/ledger', 'REGISTRY_NOT_ALLOWED'],
      ['dojo/image', '--ghcr.io/acme', expect.any(String)],
      ['dojo/image', 'oci:../../etc', 'IMAGE_LAYOUT_OUTSIDE_FORGE'],
      ['dojo/image', 'oci:/etc', 'IMAGE_LAYOUT_OUTSIDE_FORGE'],
      ['dojo/image', 'oci:images/none', 'IMAGE_LAYOUT_MISSING'],
      ['dojo/image', 'oci:images', 'IMAGE_NOT_ALLOWED'],
    ])(
      'refuses %s: %s in a sentence, and nothing is written',
      async (name, value, code) => {
        const { dojo, audit } = await start({
          'dojo/repository': 'file:ledger.git',
          [name]: value,
        });
        const before = readRefs(repository);
        const requests = server.requests.length;
        const error = await dojo.releases
          .release({ component, choices }, options)
          .catch(thrown => thrown);
        expect(error).toMatchObject({
          name: expect.stringMatching(
            /^(Input|Conflict|NotFound|NotAllowed)Error$/,
          ),
          dojo: { code, hint: expect.any(String) },
        });
        expect(error.message).toContain(error.dojo.message);
        expect(audit).toMatchObject([{ end: { kind: 'fail' } }]);
        expect(readRefs(repository)).toEqual(before);
        expect(server.requests).toHaveLength(requests);
        expectNoSecret(error, audit);
      },
    );
  });

  describe('when the credentials are refused', () => {
    it('says so without them', async () => {
      const { dojo, audit } = await start(
        { 'dojo/repository': `${server.url}/ledger.git` },
        {
          integrations: {
            gitea: [{ host, username: 'eve', password }],
          },
        },
      );
      const error = await dojo.releases
        .release({ component, choices }, options)
        .catch(thrown => thrown);
      expect(error).toMatchObject({
        name: 'NotAllowedError',
        dojo: { code: 'GIT_DENIED', kind: 'denied' },
      });
      expectNoSecret(error, audit);
    });
  });

  describe('when there is no local forge', () => {
    it.each(['file:ledger.git', 'ledger.git', 'file:../forge/ledger.git'])(
      'serves no %s',
      async url => {
        const { dojo } = await start({ 'dojo/repository': url }, { dojo: {} });
        await expect(
          dojo.releases.plan({ component, choices }, options),
        ).rejects.toMatchObject({
          name: expect.stringMatching(/^(Input|NotFound|Conflict)Error$/),
        });
      },
    );
  });

  describe('when the plan that was reviewed is another one now', () => {
    it('is a conflict, and nothing is written', async () => {
      const { dojo } = await start({ 'dojo/repository': 'file:ledger.git' });
      const before = readRefs(repository);
      await expect(
        dojo.releases.release(
          { component, choices, planHash: '0'.repeat(64) },
          options,
        ),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        dojo: { kind: 'conflict' },
      });
      expect(readRefs(repository)).toEqual(before);
    });
  });

  describe('when cancelled', () => {
    it('stops before anything is written', async () => {
      const { dojo, audit } = await start({
        'dojo/repository': 'file:ledger.git',
      });
      const before = readRefs(repository);
      const abort = new AbortController();
      await expect(
        dojo.releases.release(
          { component, choices },
          {
            ...options,
            signal: abort.signal,
            // The plan is the first thing that is told.
            log: () => abort.abort(new Error('cancelled by user')),
          },
        ),
      ).rejects.toThrow('cancelled by user');
      expect(audit).toMatchObject([{ end: { kind: 'fail' } }]);
      expect(readRefs(repository)).toEqual(before);
    });
  });

  describe('when the configuration is wrong', () => {
    it('does not start, and says everything at once without a secret', async () => {
      const error = await start(
        {},
        {
          dojo: {
            localForge: {},
            registries: [
              { host: 'https://ghcr.io', username: 'bot', password },
            ],
          },
        },
      ).catch(thrown => thrown);
      expect(String(error.message)).toContain('dojo.localForge.root: Required');
      expect(String(error.message)).toContain(
        'dojo.registries.0.host: must be',
      );
      expectNoSecret(error);
    });
  });
});
