import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isDojoError } from 'backstage-plugin-dojo-common';
import type { HttpPorts } from '../../http/retry';
import { findLocal } from '../../local/local-root';
import type { LocalRoot } from '../../local/local-root';
import type { ImageManifest, ImageRepository } from '../../release/ports';
import {
  digestPattern,
  maxDocumentBytes,
  parseManifest,
  tagPattern,
  toDigest,
  toMediaType,
} from '../manifest';
import { ociErrors } from '../oci-errors';
import { readRevisions } from '../read-revisions';
import { layoutErrors } from './layout-errors';
import { readLayoutFile } from './layout-files';
import type { LayoutFolder } from './layout-files';
import {
  entryOfDigest,
  entryOfTag,
  parseLayoutIndex,
  printLayoutIndex,
  withManifest,
} from './layout-index';
import type { LayoutIndex } from './layout-index';
import { takeTurn } from './take-turn';

const maxIndexBytes = 4 * 1024 * 1024;
const maxMarkerBytes = 4 * 1024;
const layoutVersion = '1.0.0';

/** {@link ImageRepository} over a folder, an OCI image layout (image spec 1.1, image-layout.md). */
export class OciLayoutRepository implements ImageRepository {
  readonly #path: string;
  readonly #root: LocalRoot;
  readonly #ports: Pick<HttpPorts, 'sleep' | 'clock'>;
  #folder: Promise<LayoutFolder> | undefined;

  /**
   * @param name - as people write it: `oci:images/ledger`
   * @param path - the folder, relative to the root
   */
  constructor(
    readonly name: string,
    path: string,
    root: LocalRoot,
    ports: Pick<HttpPorts, 'sleep' | 'clock'>,
  ) {
    this.#path = path;
    this.#root = root;
    this.#ports = ports;
  }

  async readManifest(
    reference: string,
    signal: AbortSignal,
  ): Promise<ImageManifest | undefined> {
    const subject = this.#subject(reference);
    const { layout, index } = await this.#readIndex(signal);
    const isDigest = digestPattern.test(reference);
    const entry = isDigest
      ? entryOfDigest(index, reference)
      : entryOfTag(index, reference);
    if (entry === undefined && !isDigest) return undefined;
    const digest = entry?.digest ?? reference;
    const bytes = await readBlob(layout, digest);
    if (bytes === undefined) {
      if (entry === undefined) return undefined;
      throw ociErrors.incomplete(subject, digest);
    }
    if (entry !== undefined && entry.size !== bytes.length) {
      throw layoutErrors.invalid(
        this.name,
        `${digest} has ${bytes.length} bytes, and ${entry.size} in index.json`,
      );
    }
    const mediaType = entry?.mediaType ?? toMediaType(bytes);
    const parsed = parseManifest(mediaType, bytes);
    if (parsed.kind === 'invalid') {
      throw ociErrors.manifestUnsupported(subject, parsed.problem);
    }
    return { digest, mediaType, bytes };
  }

  async readDigest(
    tag: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    this.#subject(tag);
    const { index } = await this.#readIndex(signal);
    return entryOfTag(index, tag)?.digest;
  }

  async readRevisions(
    manifest: ImageManifest,
    signal: AbortSignal,
  ): Promise<string[]> {
    const subject = this.#subject(manifest.digest);
    const layout = await this.#open();
    return readRevisions(manifest, subject, {
      readManifest: digest => this.readManifest(digest, signal),
      readConfig: digest => readBlob(layout, digest),
    });
  }

  /**
   * Adds the manifest, and the tag in one step: the blob is there before index.json is replaced by one that names it, so
   * that a run killed anywhere leaves the layout as it was or as it shall be.
   */
  async putManifest(
    reference: string,
    manifest: ImageManifest,
    signal: AbortSignal,
    { overwrite = false }: { readonly overwrite?: boolean } = {},
  ): Promise<void> {
    const subject = this.#subject(reference);
    verifyManifest(subject, manifest);
    const tag = digestPattern.test(reference) ? undefined : reference;
    const layout = await this.#open();
    await this.#writing(() =>
      takeTurn(layout, this.#ports, signal, async draft => {
        const { index } = await this.#readIndex(signal);
        const held =
          tag === undefined
            ? entryOfDigest(index, manifest.digest)?.digest
            : entryOfTag(index, tag)?.digest;
        const isHeld = held === manifest.digest;
        if (held !== undefined && !isHeld && !overwrite) {
          throw ociErrors.tagTaken(subject, held, manifest.digest);
        }
        await addBlob(layout, manifest, draft);
        if (isHeld) return;
        const text = printLayoutIndex(withManifest(index, manifest, tag));
        if (text === undefined) {
          throw layoutErrors.invalid(
            this.name,
            'index.json is nested too deeply',
          );
        }
        await write(join(draft, 'index.json'), Buffer.from(text));
        signal.throwIfAborted();
        await rename(
          join(draft, 'index.json'),
          join(layout.path, 'index.json'),
        );
      }),
    );
  }

  async #readIndex(
    signal: AbortSignal,
  ): Promise<{ readonly layout: LayoutFolder; readonly index: LayoutIndex }> {
    signal.throwIfAborted();
    const layout = await this.#open();
    const bytes = await readLayoutFile(layout, 'index.json', maxIndexBytes);
    if (bytes === undefined) throw layoutErrors.missing(this.name);
    const parsed = parseLayoutIndex(bytes);
    if (parsed.kind === 'invalid') {
      throw layoutErrors.invalid(this.name, parsed.problem);
    }
    return { layout, index: parsed.index };
  }

  #open(): Promise<LayoutFolder> {
    this.#folder ??= this.#find();
    // What was not there may be when it is asked for again.
    this.#folder.catch(() => {
      this.#folder = undefined;
    });
    return this.#folder;
  }

  async #find(): Promise<LayoutFolder> {
    const found = await findLocal(this.#path, this.#root);
    if (found.kind === 'outside') throw layoutErrors.outsideRoot(this.name);
    if (found.kind === 'absent') throw layoutErrors.missing(this.name);
    const layout = { path: found.path, name: this.name };
    const marker = await readLayoutFile(layout, 'oci-layout', maxMarkerBytes);
    if (marker === undefined) throw layoutErrors.missing(this.name);
    if (!isMarker(marker)) {
      throw layoutErrors.invalid(
        this.name,
        `oci-layout does not say imageLayoutVersion ${layoutVersion}`,
      );
    }
    return layout;
  }

  /** What the system says of a write, in a sentence. */
  async #writing(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException;
      if (isDojoError(error) || syscall === undefined) throw error;
      throw layoutErrors.unwritable(this.name, `${code} (${syscall})`);
    }
  }

  #subject(reference: string): string {
    if (digestPattern.test(reference)) return `${this.name}@${reference}`;
    if (tagPattern.test(reference)) return `${this.name}:${reference}`;
    throw ociErrors.tagInvalid(this.name, reference);
  }
}

/** The bytes of a digest, whatever the folder calls them. */
async function readBlob(
  layout: LayoutFolder,
  digest: string,
): Promise<Uint8Array | undefined> {
  const path = blobPath(digest);
  const bytes = await readLayoutFile(layout, path, maxDocumentBytes);
  if (bytes === undefined) return undefined;
  const actual = toDigest(bytes);
  if (actual !== digest) {
    throw layoutErrors.invalid(
      layout.name,
      `${path} has the bytes of ${actual}`,
    );
  }
  return bytes;
}

async function addBlob(
  layout: LayoutFolder,
  { digest, bytes }: ImageManifest,
  draft: string,
): Promise<void> {
  if ((await readBlob(layout, digest)) !== undefined) return;
  await mkdir(join(layout.path, 'blobs/sha256'), { recursive: true });
  await write(join(draft, 'blob'), bytes);
  await rename(join(draft, 'blob'), join(layout.path, blobPath(digest)));
}

/** On the disk before its name is: a machine that stops leaves no empty file in place of a full one. */
async function write(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What a registry would say of them. */
function verifyManifest(
  subject: string,
  { digest, mediaType, bytes }: ImageManifest,
): void {
  const actual = toDigest(bytes);
  if (actual !== digest) {
    throw ociErrors.digestMismatch(subject, digest, actual);
  }
  const parsed = parseManifest(mediaType, bytes);
  if (parsed.kind === 'invalid') {
    throw ociErrors.manifestUnsupported(subject, parsed.problem);
  }
}

function blobPath(digest: string): string {
  return `blobs/sha256/${digest.slice('sha256:'.length)}`;
}

function isMarker(bytes: Uint8Array): boolean {
  try {
    const json: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return (
      typeof json === 'object' &&
      json !== null &&
      'imageLayoutVersion' in json &&
      json.imageLayoutVersion === layoutVersion
    );
  } catch {
    return false;
  }
}
