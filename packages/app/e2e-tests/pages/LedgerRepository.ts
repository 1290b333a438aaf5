import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../../..');
const data = join(root, '.cache/browser-data');
const path = join(data, 'forge/ledger.git');
const person = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@ledger.test',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@ledger.test',
};

/** The bare repository of the ledger in the portal's local forge, read and written with git itself. */
export class LedgerRepository {
  /** Output of one git command, trimmed. */
  git(...args: string[]): string {
    return execFileSync('git', ['-C', path, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...person },
    }).trim();
  }

  tags(): string[] {
    return this.git('tag', '--list').split('\n');
  }

  /** Tag -> digest, of the ledger's images in the forge. */
  images(): ReadonlyMap<string, string> {
    const index: {
      manifests: { digest: string; annotations: Record<string, string> }[];
    } = JSON.parse(
      readFileSync(join(data, 'forge/images/ledger/index.json'), 'utf8'),
    );
    return new Map(
      index.manifests.map(({ digest, annotations = {} }) => [
        annotations['org.opencontainers.image.ref.name'],
        digest,
      ]),
    );
  }

  /** Puts an empty commit on main, as somebody else's push would, and its image into the forge, as CI would. */
  commit(message: string): string {
    const oid = this.git(
      'commit-tree',
      'main^{tree}',
      '-p',
      'main',
      '-m',
      message,
    );
    this.git('update-ref', 'refs/heads/main', oid);
    execFileSync(process.execPath, [
      join(root, 'scripts/build-image.mjs'),
      '--data',
      data,
    ]);
    return oid;
  }
}
