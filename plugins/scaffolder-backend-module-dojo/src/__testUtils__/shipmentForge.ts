import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addCommits, git, makeRepository } from 'dojo-testing';

const baseFolder = 'deploy/k8s/base';
const root = join(__dirname, '../../../..');
const refName = 'org.opencontainers.image.ref.name';

/** The annotations of its component. */
export const shipmentAnnotations = {
  'dojo/repository': 'file:ledger.git',
  'dojo/image': 'oci:images/ledger',
  'dojo/migrations': 'migrations',
};

/** A forge with the ledger, 0.1.0 and what comes after it, the images of its commits, and a repository of overlays. */
export function makeShipmentForge(forgeRoot: string) {
  const ledger = join(forgeRoot, 'ledger.git');
  const infra = join(forgeRoot, 'infra.git');
  const layout = join(forgeRoot, 'images/ledger');
  mkdirSync(join(layout, 'blobs/sha256'), { recursive: true });
  writeFileSync(join(layout, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  const index = join(layout, 'index.json');
  writeFileSync(index, '{"schemaVersion":2,"manifests":[]}');

  const blob = (json: object) => {
    const text = JSON.stringify(json);
    const hex = createHash('sha256').update(text).digest('hex');
    writeFileSync(join(layout, 'blobs/sha256', hex), text);
    return { digest: `sha256:${hex}`, size: text.length };
  };
  /** What CI does with a commit. @returns the digest. */
  const pushImage = (revision: string, tags: readonly string[] = []) => {
    const commit = git(ledger, ['rev-parse', `${revision}^0`]);
    const type = 'application/vnd.oci.image';
    const mediaType = `${type}.manifest.v1+json`;
    const config = blob({
      config: { Labels: { 'org.opencontainers.image.revision': commit } },
      rootfs: { type: 'layers', diff_ids: [] },
    });
    const manifest = blob({
      schemaVersion: 2,
      mediaType,
      config: { mediaType: `${type}.config.v1+json`, ...config },
      layers: [],
    });
    const held = JSON.parse(readFileSync(index, 'utf8'));
    held.manifests.push(
      ...[commit, ...tags].map(tag => ({
        mediaType,
        ...manifest,
        annotations: { [refName]: tag },
      })),
    );
    writeFileSync(index, JSON.stringify(held));
    return manifest.digest;
  };
  const push = (message: string, files: Record<string, string> = {}) => {
    addCommits(ledger, [{ message, files }]);
    pushImage('main');
  };
  const tagsOfImages = (): Record<string, string> =>
    Object.fromEntries(
      JSON.parse(readFileSync(index, 'utf8')).manifests.map(
        (each: { digest: string; annotations: Record<string, string> }) => [
          each.annotations[refName],
          each.digest,
        ],
      ),
    );

  makeRepository(ledger, {
    commits: [
      {
        message: 'feat: begin',
        files: {
          ...Object.fromEntries(
            readdirSync(join(root, baseFolder)).map(name => [
              `${baseFolder}/${name}`,
              readFileSync(join(root, baseFolder, name), 'utf8'),
            ]),
          ),
          VERSION: '0.1.0\n',
          'migrations/0001_core.sql':
            'CREATE TABLE account (id INTEGER PRIMARY KEY);\n',
        },
        tag: 'v0.1.0',
      },
    ],
  });
  pushImage('v0.1.0', ['0.1.0']);
  push('feat!: accounts are objects', {
    'migrations/0002_tags.sql': 'CREATE TABLE tag (id INTEGER);\n',
  });
  makeRepository(infra, {
    commits: [{ message: 'docs: begin', files: { 'README.md': '# Infra\n' } }],
  });
  return {
    ledger,
    infra,
    push,
    /** Tag of an image -> digest. */
    tagsOfImages,
    tags: () => git(ledger, ['tag', '--list']).split('\n'),
    head: () => git(ledger, ['rev-parse', 'main']),
    /** Subjects of the infra repository's commits, newest first. */
    subjects: () => git(infra, ['log', '--format=%s', 'main']).split('\n'),
    /** The overlay of dev. */
    overlay: () => git(infra, ['show', 'main:ledger/dev/kustomization.yaml']),
    /** A commit of a person to it. */
    comment: (text: string) =>
      addCommits(infra, [
        {
          message: 'by hand',
          files: {
            'ledger/dev/kustomization.yaml': `${execFileSync(
              'git',
              ['-C', infra, 'show', 'main:ledger/dev/kustomization.yaml'],
              { encoding: 'utf8' },
            )}# ${text}\n`,
          },
        },
      ]),
    refs: () =>
      [ledger, infra].map(repository =>
        git(repository, [
          'for-each-ref',
          '--format=%(refname) %(objectname)',
          'refs/heads',
          'refs/tags',
        ]),
      ),
  };
}
