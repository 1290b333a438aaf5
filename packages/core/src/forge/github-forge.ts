import type { components, operations } from '@octokit/openapi-types';
import { z } from 'zod/v3';
import type { HttpPorts } from '../http/retry';
import type { Forge, ForgeRelease } from '../release/ports';
import { createOnce } from './create-once';
import { cutNotes } from './cut-notes';
import { forgeErrors } from './forge-errors';
import type { ForgeReply } from './forge-client';
import type { GithubClient } from './github-client';
import type { ForgeRepository } from './parse-forge-repository';
import { verifyForgeAccess } from './verify-forge-access';

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
    return verifyForgeAccess(
      this.#client,
      {
        repository: this.#repository,
        path: this.#path,
        action: 'publish releases',
      },
      signal,
    );
  }

  async createRelease(
    release: Parameters<Forge['createRelease']>[0],
    signal: AbortSignal,
  ): Promise<ForgeRelease> {
    return createOnce(
      () => this.#post(release, signal),
      () => this.readRelease(release.tag, signal),
      this.#ports,
      signal,
    );
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

  #toRelease(reply: ForgeReply, action: string): ForgeRelease {
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
