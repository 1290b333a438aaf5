import { cpSync } from 'node:fs';
import { join } from 'node:path';
import {
  git,
  githubTokens,
  kill,
  killTree,
  pushImage,
  readRefs,
  startDojo,
  startGithub,
  startKillProxy,
} from 'dojo-testing';
import type {
  DojoExit,
  GitServer,
  KillMoment,
  KillProxy,
  TestGithub,
  TestRegistry,
} from 'dojo-testing';

/** Where in a run's requests, to all its servers, it is killed. */
export interface Trap {
  readonly at: number;
  readonly when: KillMoment;
}

/** Servers that many worlds share, each with names of its own on them. */
export interface SharedServers {
  /** Folder that `git` serves; holds `template.git`, which each world starts from. */
  readonly root: string;
  readonly git: GitServer;
  readonly registry: TestRegistry;
}

let made = 0;

/** A repository, an image of its head and a GitHub of its own, and runs on them that are killed. */
export class ReleaseWorld {
  readonly #name: string;
  readonly #servers: SharedServers;
  readonly #github: TestGithub;
  readonly proxy: KillProxy;

  static async make(servers: SharedServers): Promise<ReleaseWorld> {
    const name = `database-${made++}`;
    const github = await startGithub({ owner: 'acme', name });
    const { url } = github;
    const upstreams = [servers.git.url, servers.registry.direct, url];
    const world = new ReleaseWorld(
      name,
      servers,
      github,
      await startKillProxy(upstreams),
    );
    cpSync(join(servers.root, 'template.git'), world.#path, {
      recursive: true,
    });
    const revision = git(world.#path, ['rev-parse', 'main']);
    await pushImage({
      registry: servers.registry.direct,
      repository: `acme/${world.#name}`,
      tag: revision,
      shape: 'index',
      revision,
    });
    return world;
  }

  private constructor(
    name: string,
    servers: SharedServers,
    github: TestGithub,
    proxy: KillProxy,
  ) {
    this.#name = name;
    this.#servers = servers;
    this.#github = github;
    this.proxy = proxy;
  }

  get #path(): string {
    return join(this.#servers.root, 'acme', `${this.#name}.git`);
  }

  /** One `dojo release` in a process of its own; `during` kills that process alone, the others all it started too. */
  run(trap?: Trap): Promise<DojoExit> {
    const [gitHost, registryHost, githubHost] = this.proxy.hosts;
    const { pid, ended } = startDojo(
      [
        'release',
        '--repository',
        `http://${gitHost}/acme/${this.#name}.git`,
        '--image',
        `${registryHost}/acme/${this.#name}`,
        '--moving-tag',
        'latest',
        '--json',
      ],
      `${this.#path}-home`,
      {
        GITHUB_SERVER_URL: `http://${gitHost}`,
        GITHUB_API_URL: `http://${githubHost}`,
        GITHUB_TOKEN: githubTokens.write,
      },
    );
    this.proxy.disarm();
    if (trap) {
      this.proxy.trap(trap.at, trap.when, () =>
        trap.when === 'during' ? kill(pid) : killTree(pid),
      );
    }
    return ended;
  }

  /** What git, registry and GitHub hold, with the world's own addresses taken out. */
  async describe(): Promise<unknown> {
    await this.proxy.idle();
    const show = (...args: string[]) => this.#plain(git(this.#path, args));
    return {
      refs: show('for-each-ref', '--format=%(refname) %(objecttype)'),
      files: show('ls-tree', '-r', '--name-only', 'main'),
      changelog: show('show', 'main:CHANGELOG.md'),
      version: show('show', 'main:VERSION'),
      isOnMain:
        show('rev-parse', 'v1.1.0^{commit}') === show('rev-parse', 'main'),
      commit: show(
        'log',
        '-1',
        '--format=%an %ae %at %cn %ce %ct %P%n%B',
        'main',
      ),
      tag: show(
        'for-each-ref',
        '--format=%(taggername) %(taggerdate:unix) %(contents)',
        'refs/tags/v1.1.0',
      ),
      images: await this.#imageTags(),
      releases: this.#github
        .releases()
        .map(({ tag_name: tag, name, body, draft, prerelease }) =>
          this.#plain(JSON.stringify({ tag, name, body, draft, prerelease })),
        ),
    };
  }

  /** The refs, as they are. */
  refs(): string {
    return readRefs(this.#path);
  }

  async close(): Promise<void> {
    await this.proxy.close();
    await this.#github.close();
    this.#github.verifyContract();
  }

  async #imageTags(): Promise<Record<string, string | null>> {
    const base = `${this.#servers.registry.direct}/v2/acme/${this.#name}`;
    const list = (await (await fetch(`${base}/tags/list`)).json()) as {
      readonly tags: string[];
    };
    const digests = list.tags.sort().map(async tag => {
      const accept = 'application/vnd.oci.image.index.v1+json';
      const { headers } = await fetch(`${base}/manifests/${tag}`, {
        method: 'HEAD',
        headers: { accept },
      });
      return [tag, headers.get('docker-content-digest')] as const;
    });
    return Object.fromEntries(await Promise.all(digests));
  }

  /** Addresses are part of the plan and of its links, so they and its hash differ from world to world. */
  #plain(text: string): string {
    return text
      .replaceAll(/127\.0\.0\.1:\d+/g, '<host>')
      .replaceAll(this.#name, '<name>')
      .replaceAll(/Dojo-Plan: [0-9a-f]{64}/g, 'Dojo-Plan: <hash>');
  }
}
