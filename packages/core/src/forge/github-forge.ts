import type { components, operations } from '@octokit/openapi-types';
import { isDojoError } from 'backstage-plugin-dojo-common';
import { z } from 'zod/v3';
import { maxAttempts, toWait } from '../http/retry';
import type { HttpPorts } from '../http/retry';
import type { Forge, ForgeRelease } from '../release/ports';
import { cutNotes } from './cut-notes';
import { forgeErrors } from './forge-errors';
import type { GithubClient, GithubReply } from './github-client';
import type { ForgeRepository } from './parse-forge-repository';

type CreateRelease = NonNullable<
  operations['repos/create-release']['requestBody']
>['content']['application/json'];

/** The fields of GitHub's `release` that a release needs; the type ties them to the published description. */
const releaseSchema: z.ZodType<
  Pick<
    components['schemas']['release'],
    'tag_name' | 'html_url' | 'name' | 'body' | 'draft' | 'prerelease'
  >
> = z.object({
  tag_name: z.string(),
  html_url: z.string(),
  name: z.string().nullable(),
  body: z.string().nullish(),
  draft: z.boolean(),
  prerelease: z.boolean(),
});
const repositorySchema = z.object({ archived: z.boolean().optional() });
const alreadyExists = z.object({
  errors: z
    .array(z.object({ code: z.string().optional() }))
    .refine(all => all.some(({ code }) => code === 'already_exists')),
});

/** {@link Forge} over GitHub's REST API: what requests and answers mean. */
export class GithubForge implements Forge {
  readonly kind = 'github';
  readonly webUrl: string;
  readonly #repository: string;
  readonly #path: string;
  readonly #client: GithubClient;
  readonly #ports: Pick<HttpPorts, 'sleep' | 'clock'>;

  constructor(
    { host, owner, name }: ForgeRepository,
    client: GithubClient,
    ports: Pick<HttpPorts, 'sleep' | 'clock'>,
  ) {
    this.#client = client;
    this.#ports = ports;
    this.#repository = `${host}/${owner}/${name}`;
    this.webUrl = `https://${this.#repository}`;
    this.#path = `/repos/${owner}/${name}`;
  }

  async readRelease(
    tag: string,
    signal: AbortSignal,
  ): Promise<ForgeRelease | undefined> {
    const action = `read release ${tag}`;
    const path = `${this.#path}/releases/tags/${encodeURIComponent(tag)}`;
    const reply = await this.#client.request(
      { method: 'GET', path, action },
      signal,
    );
    if (reply.status === 404) return undefined;
    return this.#toRelease(reply, action);
  }

  async verifyAccess(signal: AbortSignal): Promise<void> {
    const action = 'publish releases';
    if (!this.#client.isSafe) throw forgeErrors.notHttps(this.#repository);
    if (!(await this.#client.hasToken())) {
      throw forgeErrors.denied(this.#repository, action, '');
    }
    const reply = await this.#client.request(
      { method: 'GET', path: this.#path, action: 'read the repository' },
      signal,
    );
    if (reply.status !== 200) {
      throw forgeErrors.repositoryNotFound(this.#repository);
    }
    // Not `permissions`: for a GitHub App it is false throughout, whatever the App may do.
    if (repositorySchema.safeParse(reply.json).data?.archived) {
      throw forgeErrors.archived(this.#repository);
    }
  }

  async createRelease(
    release: Parameters<Forge['createRelease']>[0],
    signal: AbortSignal,
  ): Promise<ForgeRelease> {
    const { tag } = release;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#post(release, signal);
      } catch (error) {
        if (!isUnavailable(error) || attempt === maxAttempts) throw error;
      }
      await this.#ports.sleep(
        toWait(attempt, undefined, this.#ports.clock.now()),
        signal,
      );
      // The reply is lost, not the request: a second POST only where the first left nothing.
      const made = await this.readRelease(tag, signal);
      if (made !== undefined) return made;
    }
  }

  async #post(
    release: Parameters<Forge['createRelease']>[0],
    signal: AbortSignal,
  ): Promise<ForgeRelease> {
    const { tag, prerelease } = release;
    const action = `create release ${tag}`;
    const json: CreateRelease = {
      tag_name: tag,
      name: release.name,
      body: cutNotes(release.notes, release.notesUrl),
      draft: false,
      prerelease,
      // `legacy` is by semantic version: a hotfix of an old line does not become the latest.
      make_latest: prerelease ? 'false' : 'legacy',
    };
    const reply = await this.#client.request(
      { method: 'POST', path: `${this.#path}/releases`, json, action },
      signal,
    );
    if (reply.status === 404) {
      throw forgeErrors.denied(this.#repository, action, reply.said);
    }
    if (reply.status !== 422) return this.#toRelease(reply, action);
    const made = alreadyExists.safeParse(reply.json).success
      ? await this.readRelease(tag, signal)
      : undefined;
    if (made !== undefined) return made;
    throw forgeErrors.invalid(this.#repository, action, 422, reply.said);
  }

  #toRelease(reply: GithubReply, action: string): ForgeRelease {
    const parsed = releaseSchema.safeParse(reply.json);
    if (!parsed.success) {
      throw forgeErrors.unavailable(
        this.#repository,
        action,
        'the answer is no release as GitHub describes it',
      );
    }
    const { tag_name: tag, html_url: url, name, body } = parsed.data;
    const { draft, prerelease } = parsed.data;
    return {
      tag,
      url,
      name: name ?? '',
      body: body ?? '',
      draft,
      prerelease,
    };
  }
}

function isUnavailable(error: unknown): boolean {
  return isDojoError(error) && error.code === 'FORGE_UNAVAILABLE';
}
