import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDojoError } from 'backstage-plugin-dojo-common';
import { git, makeRepository, readRefs, startGitServer } from 'dojo-testing';
import type { GitServer, GitServerOptions } from 'dojo-testing';
import { failureOf } from '../http/__testUtils__/failure-of';
import { localReleases } from '../release/__testUtils__/local-release';
import type { LocalReleases } from '../release/__testUtils__/local-release';
import type { GitOpenerOptions } from './git-opener';

jest.setTimeout(60_000);

const token = 'glpat-S3cr3t/+Token';
const authorization = `Basic ${Buffer.from(`ada:${token}`).toString('base64')}`;
const forms = [
  token,
  encodeURIComponent(token),
  Buffer.from(token).toString('base64'),
  Buffer.from(`ada:${token}`).toString('base64'),
];

function expectNoSecret(value: unknown): void {
  const texts = [JSON.stringify(value), String(value)];
  for (let at: unknown = value; at instanceof Error; at = at.cause) {
    texts.push(at.message, at.stack ?? '', JSON.stringify(at));
  }
  for (const form of forms) expect(texts.join('\n')).not.toContain(form);
}

describe('a repository over HTTP', () => {
  let local: LocalReleases;
  let server: GitServer;
  let path: string;
  const start = async (options: Partial<GitServerOptions> = {}) => {
    server = await startGitServer({ root: local.root, ...options });
    return `${server.url}/ledger.git`;
  };
  const release = (
    repository: string,
    options: { dryRun?: boolean } = {},
    opener: Partial<GitOpenerOptions> = {},
  ) => local.release({ repository }, options, local.ports(opener));

  beforeEach(() => {
    local = localReleases();
    path = local.path('ledger');
    makeRepository(path, {
      commits: [
        { message: 'feat: a', files: { VERSION: '1.0.0\n' }, tag: 'v1.0.0' },
        { message: 'fix: b' },
      ],
    });
    git(path, ['config', 'http.receivepack', 'true']);
    git(path, ['config', 'uploadpack.allowFilter', 'true']);
  });
  afterEach(async () => {
    await server?.close();
    local.dispose();
  });

  describe('when the credentials are right', () => {
    it('releases, and sends them with every request but in no URL', async () => {
      const url = await start({ authorization });
      const result = await release(
        url,
        {},
        {
          authorization: async () => authorization,
        },
      );
      expect(result).toMatchObject({ outcome: 'released', version: '1.0.1' });
      expect(git(path, ['rev-parse', 'v1.0.1^{commit}'])).toBe(result.commit);
      expect(server.requests.length).toBeGreaterThan(4);
      for (const request of server.requests) {
        expect(request.authorization).toBe(authorization);
      }
      expectNoSecret(result);
    });

    it('takes them out of the URL', async () => {
      const url = await start({ authorization });
      const written = url.replace(
        'http://',
        `http://ada:${encodeURIComponent(token)}@`,
      );
      const result = await release(written, { dryRun: true });
      expect(result.plan.decides.repository).toBe(url);
      expectNoSecret(result);
    });
  });

  describe('when a dry run asks', () => {
    it('never speaks to git-receive-pack', async () => {
      const url = await start();
      const before = readRefs(path);
      await release(url, { dryRun: true });
      expect(server.requests.map(request => request.url).join()).not.toContain(
        'receive-pack',
      );
      expect(readRefs(path)).toBe(before);
    });
  });

  describe('when the server cannot filter', () => {
    it('releases all the same, and says so', async () => {
      git(path, ['config', 'uploadpack.allowFilter', 'false']);
      const url = await start();
      const result = await release(url);
      expect(result).toMatchObject({ outcome: 'released', version: '1.0.1' });
      expect(result.plan.shows.warnings.join()).toMatch(/cannot filter/);
    });
  });

  describe('when the server speaks protocol 0 only', () => {
    const speakZero = () =>
      start({
        intercept: request => {
          delete request.headers['git-protocol'];
          return false;
        },
      });

    it('releases where any object may be asked for', async () => {
      git(path, ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
      const result = await release(await speakZero());
      expect(result).toMatchObject({ outcome: 'released', version: '1.0.1' });
    });

    it('says what the server would have to allow', async () => {
      const before = readRefs(path);
      await expect(release(await speakZero())).rejects.toMatchObject({
        code: 'GIT_OBJECT_MISSING',
        hint: expect.stringContaining('allowAnySHA1InWant'),
      });
      expect(readRefs(path)).toBe(before);
    });
  });

  describe('when the credentials are missing or wrong', () => {
    it.each([
      ['missing', undefined, 'no token for this host'],
      [
        'wrong',
        `Basic ${Buffer.from(`eve:${token}`).toString('base64')}`,
        'token missing or refused',
      ],
    ])('says that they are %s, without them', async (_, sent, words) => {
      const url = await start({ authorization });
      const before = readRefs(path);
      const failure = await failureOf(
        release(url, {}, { authorization: async () => sent }),
      );
      expect(failure).toMatchObject({ code: 'GIT_DENIED', kind: 'denied' });
      expect(failure.message).toContain(words);
      expectNoSecret(failure);
      expect(readRefs(path)).toBe(before);
    });

    it('removes them from what the server says', async () => {
      const url = await start({
        intercept: (_, response) => {
          response.writeHead(500, { 'Content-Type': 'text/plain' });
          response.end(forms.join(' '));
          return true;
        },
      });
      const failure = await failureOf(
        release(url, {}, { authorization: async () => authorization }),
      );
      expect(failure).toMatchObject({ code: 'GIT_UNAVAILABLE' });
      expectNoSecret(failure);
    });
  });

  describe('when the server redirects to another host', () => {
    let other: Server;
    let seen: (string | undefined)[];
    beforeEach(async () => {
      seen = [];
      other = createServer((request, response) => {
        seen.push(request.headers.authorization);
        response.end();
      });
      await new Promise<void>(resolve => {
        other.listen(0, '127.0.0.1', resolve);
      });
    });
    afterEach(() => other.close());

    it('does not follow, so that the other host learns nothing', async () => {
      const { port } = other.address() as AddressInfo;
      const url = await start({
        intercept: (request, response) => {
          response.writeHead(302, {
            Location: `http://127.0.0.1:${port}${request.url}`,
          });
          response.end();
          return true;
        },
      });
      const failure = await failureOf(
        release(url, {}, { authorization: async () => authorization }),
      );
      expect(failure).toMatchObject({
        code: 'GIT_REDIRECTED',
        kind: 'refused',
      });
      expect(seen).toEqual([]);
    });
  });

  describe('when the repository or the server is not there', () => {
    it('says which', async () => {
      const url = await start();
      const unknown = url.replace('ledger', 'nowhere');
      await expect(failureOf(release(unknown))).resolves.toMatchObject({
        code: 'GIT_REPOSITORY_NOT_FOUND',
        message: expect.stringContaining(unknown),
      });
      await server.close();
      await expect(failureOf(release(url))).resolves.toMatchObject({
        code: 'GIT_UNAVAILABLE',
        kind: 'unavailable',
      });
    });

    it('stops waiting for one that does not answer', async () => {
      const url = await start({ intercept: () => true });
      await expect(
        failureOf(release(url, {}, { deadline: 300 })),
      ).resolves.toMatchObject({ code: 'GIT_DEADLINE', kind: 'unavailable' });
    });

    it('stops at once when it is aborted', async () => {
      const abort = new AbortController();
      const url = await start({
        intercept: () => {
          abort.abort(new Error('stopped by the test'));
          return true;
        },
      });
      await expect(
        local.release({ repository: url }, { signal: abort.signal }),
      ).rejects.toThrow('stopped by the test');
    });
  });

  describe('when the host is not allowed', () => {
    it('asks it nothing', async () => {
      const url = await start();
      const allowedHosts = ['github.com'];
      const failure = await failureOf(release(url, {}, { allowedHosts }));
      expect(failure).toMatchObject({
        code: 'GIT_HOST_NOT_ALLOWED',
        message: expect.stringContaining('allowed: github.com'),
      });
      expect(server.requests).toEqual([]);
    });
  });

  describe('when the reply to the push is lost', () => {
    it('reads the refs again, and finds the release done', async () => {
      const url = await start();
      const backend = server;
      let lost = 0;
      const proxy = await startGitServer({
        root: local.root,
        intercept: (request, response) => {
          if (
            !request.url!.endsWith('git-receive-pack') ||
            request.method !== 'POST' ||
            lost > 0
          )
            return false;
          lost += 1;
          const chunks: Buffer[] = [];
          request.on('data', (chunk: Buffer) => chunks.push(chunk));
          request.on('end', async () => {
            await fetch(`${backend.url}${request.url}`, {
              method: 'POST',
              headers: {
                'Content-Type': String(request.headers['content-type']),
              },
              body: Buffer.concat(chunks),
            }).then(reply => reply.arrayBuffer());
            response.destroy();
          });
          return true;
        },
      });
      const result = await release(url.replace(backend.url, proxy.url));
      await proxy.close();
      expect(lost).toBe(1);
      expect(result).toMatchObject({
        outcome: 'released',
        effects: [{ kind: 'done', key: 'refs main + v1.0.1' }],
      });
      expect(isDojoError(result)).toBe(false);
    });
  });
});
