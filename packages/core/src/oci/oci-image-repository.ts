import { isDojoError } from 'backstage-plugin-dojo-common';
import { maxAttempts, toWait } from '../http/retry';
import type { HttpPorts } from '../http/retry';
import type { HttpReply } from '../http/send-request';
import type { ImageManifest, ImageRepository } from '../release/ports';
import {
  digestPattern,
  imageTypes,
  indexTypes,
  maxDocumentBytes,
  parseManifest,
  tagPattern,
  toDigest,
} from './manifest';
import { ociErrors } from './oci-errors';
import { readRevisions } from './read-revisions';
import type { RegistryClient } from './registry-client';

const accept = [...imageTypes, ...indexTypes].join(', ');

/** {@link ImageRepository} over the OCI distribution API 1.1: what requests and answers mean. */
export class OciImageRepository implements ImageRepository {
  readonly #client: RegistryClient;
  readonly #ports: Pick<HttpPorts, 'sleep' | 'clock'>;

  constructor(
    readonly name: string,
    client: RegistryClient,
    ports: Pick<HttpPorts, 'sleep' | 'clock'>,
  ) {
    this.#client = client;
    this.#ports = ports;
  }

  async readManifest(
    reference: string,
    signal: AbortSignal,
  ): Promise<ImageManifest | undefined> {
    const subject = this.#subject(reference);
    const reply = await this.#read('GET', reference, signal);
    if (reply === undefined) return undefined;
    const mediaType = toMediaType(reply);
    const digest = toDigest(reply.body);
    const expected = digestPattern.test(reference)
      ? reference
      : toDigestHeader(reply) ?? digest;
    if (digest !== expected) {
      throw ociErrors.digestMismatch(subject, expected, digest);
    }
    const parsed = parseManifest(mediaType, reply.body);
    if (parsed.kind === 'invalid') {
      throw ociErrors.manifestUnsupported(subject, parsed.problem);
    }
    return { digest, mediaType, bytes: reply.body };
  }

  async readDigest(
    tag: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const reply = await this.#read('HEAD', tag, signal);
    if (reply === undefined) return undefined;
    // Some registries leave the header out, or use another algorithm: then the bytes say it.
    return (
      toDigestHeader(reply) ?? (await this.readManifest(tag, signal))?.digest
    );
  }

  async readRevisions(
    manifest: ImageManifest,
    signal: AbortSignal,
  ): Promise<string[]> {
    return readRevisions(manifest, this.#subject(manifest.digest), {
      readManifest: digest => this.readManifest(digest, signal),
      readConfig: digest => this.#readConfig(digest, signal),
    });
  }

  async putManifest(
    reference: string,
    manifest: ImageManifest,
    signal: AbortSignal,
    { overwrite = false }: { readonly overwrite?: boolean } = {},
  ): Promise<void> {
    if (digestPattern.test(reference)) {
      await this.#put(reference, manifest, 'always', signal);
      return;
    }
    const before = await this.readDigest(reference, signal);
    if (before === manifest.digest) return;
    if (before !== undefined && !overwrite) {
      throw this.#taken(reference, before, manifest.digest);
    }
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#put(reference, manifest, 'when-busy', signal);
        return;
      } catch (error) {
        if (!isUnavailable(error) || attempt === maxAttempts) throw error;
      }
      await this.#ports.sleep(
        toWait(attempt, undefined, this.#ports.clock.now()),
        signal,
      );
      // The reply is lost, not the request: a second PUT must not run over what somebody else wrote since.
      const now = await this.readDigest(reference, signal);
      if (now === manifest.digest) return;
      if (now !== undefined && now !== before) {
        throw this.#taken(reference, now, manifest.digest);
      }
    }
  }

  async #put(
    reference: string,
    manifest: ImageManifest,
    repeat: 'always' | 'when-busy',
    signal: AbortSignal,
  ): Promise<void> {
    const subject = this.#subject(reference);
    const reply = await this.#client.request(
      {
        method: 'PUT',
        resource: `manifests/${reference}`,
        action: 'push',
        headers: { 'content-type': manifest.mediaType },
        body: manifest.bytes,
        repeat,
        redirects: 'none',
        maxBytes: maxDocumentBytes,
      },
      subject,
      signal,
    );
    if (reply.status === 404) {
      throw ociErrors.refused(subject, 404, this.#client.said(reply));
    }
    const stored = toDigestHeader(reply) ?? manifest.digest;
    if (stored !== manifest.digest) {
      throw ociErrors.digestMismatch(subject, manifest.digest, stored);
    }
  }

  async #read(
    method: 'GET' | 'HEAD',
    reference: string,
    signal: AbortSignal,
  ): Promise<HttpReply | undefined> {
    const reply = await this.#client.request(
      {
        method,
        resource: `manifests/${reference}`,
        action: 'pull',
        headers: { accept },
        redirects: 'same-origin',
        maxBytes: maxDocumentBytes,
      },
      this.#subject(reference),
      signal,
    );
    return reply.status === 404 ? undefined : reply;
  }

  async #readConfig(
    digest: string,
    signal: AbortSignal,
  ): Promise<Uint8Array | undefined> {
    const subject = this.#subject(digest);
    const reply = await this.#client.request(
      {
        method: 'GET',
        resource: `blobs/${digest}`,
        action: 'pull',
        redirects: 'other-host',
        maxBytes: maxDocumentBytes,
      },
      subject,
      signal,
    );
    if (reply.status === 404) return undefined;
    const actual = toDigest(reply.body);
    if (actual !== digest) {
      throw ociErrors.digestMismatch(subject, digest, actual);
    }
    return reply.body;
  }

  #subject(reference: string): string {
    if (digestPattern.test(reference)) return `${this.name}@${reference}`;
    if (tagPattern.test(reference)) return `${this.name}:${reference}`;
    throw ociErrors.tagInvalid(this.name, reference);
  }

  #taken(tag: string, held: string, planned: string) {
    return ociErrors.tagTaken(this.#subject(tag), held, planned);
  }
}

function toMediaType(reply: HttpReply): string {
  const written = reply.headers.get('content-type') ?? '';
  return written.split(';')[0].trim().toLowerCase();
}

function toDigestHeader(reply: HttpReply): string | undefined {
  const written = reply.headers.get('docker-content-digest') ?? '';
  return digestPattern.test(written) ? written : undefined;
}

function isUnavailable(error: unknown): boolean {
  return isDojoError(error) && error.code === 'REGISTRY_UNAVAILABLE';
}
