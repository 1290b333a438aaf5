import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const path = resolve(
  __dirname,
  '../../../../.cache/browser-data/forge/ledger.git',
);
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

  /** Puts an empty commit on main, as somebody else's push would. */
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
    return oid;
  }
}
