import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portalData } from './portalData';

const person = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@ledger.test',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@ledger.test',
};

/** The bare repository of the overlays in the portal's local forge, read with git itself. */
export class InfraRepository {
  readonly #path: string;

  /** @param data - The portal's data folder; default: of the portal that the tests share. */
  constructor(data = portalData) {
    this.#path = join(data, 'forge/infra.git');
  }

  /** Output of one git command, trimmed. */
  git(...args: string[]): string {
    return this.#run(args);
  }

  head(): string {
    return this.git('rev-parse', 'HEAD');
  }

  /** The lines that the newest commit takes from a file and puts into it, as `+ <line>`, `- <line>`. */
  changedLines(file: string): string[] {
    return this.git('diff', '--unified=0', 'HEAD^', 'HEAD', '--', file)
      .split('\n')
      .filter(line => /^[+-](?![+-]{2} )/.test(line))
      .map(line => `${line[0]} ${line.slice(1)}`);
  }

  /** Puts a comment at the end of a file on the branch, as somebody else's push would; returns the commit. */
  comment(file: string, text: string): string {
    const work = mkdtempSync(join(tmpdir(), 'infra-'));
    const index = { GIT_INDEX_FILE: join(work, 'index') };
    try {
      const blob = this.#run(['hash-object', '-w', '--stdin'], {
        input: `${this.git('show', `HEAD:${file}`)}\n${text}\n`,
      });
      this.#run(['read-tree', 'HEAD'], { env: index });
      this.#run(['update-index', '--cacheinfo', `100644,${blob},${file}`], {
        env: index,
      });
      const tree = this.#run(['write-tree'], { env: index });
      const message = ['-m', 'docs: a comment'];
      const commit = this.#run(['commit-tree', tree, '-p', 'HEAD', ...message]);
      this.git('update-ref', 'HEAD', commit);
      return commit;
    } finally {
      rmSync(work, { recursive: true });
    }
  }

  /**
   * Writes files and takes away those without a text, in one commit on the branch, as somebody's push would; returns it.
   */
  put(
    message: string,
    files: Readonly<Record<string, string | undefined>>,
    { by = 'Ada', minutesAgo = 0 } = {},
  ): string {
    const work = mkdtempSync(join(tmpdir(), 'infra-'));
    const index = { GIT_INDEX_FILE: join(work, 'index') };
    const date = new Date(Date.now() - minutesAgo * 60_000).toISOString();
    try {
      this.#run(['read-tree', 'HEAD'], { env: index });
      const entries = Object.entries(files).map(([file, input]) => {
        if (input === undefined) return `0 ${'0'.repeat(40)}\t${file}\n`;
        const blob = this.#run(['hash-object', '-w', '--stdin'], { input });
        return `100644 ${blob}\t${file}\n`;
      });
      this.#run(['update-index', '--index-info'], {
        input: entries.join(''),
        env: index,
      });
      const tree = this.#run(['write-tree'], { env: index });
      const commit = this.#run(
        ['commit-tree', tree, '-p', 'HEAD', '-m', message],
        {
          env: {
            GIT_AUTHOR_NAME: by,
            GIT_COMMITTER_NAME: by,
            GIT_AUTHOR_DATE: date,
            GIT_COMMITTER_DATE: date,
          },
        },
      );
      this.git('update-ref', 'HEAD', commit);
      return commit;
    } finally {
      rmSync(work, { recursive: true });
    }
  }

  has(branch: string): boolean {
    return this.git('branch', '--list', branch) !== '';
  }

  /**
   * Makes of the request on a branch one that somebody else asked for, at another time: the same commit with another
   * requester in its message, as the portal writes it for whoever is signed in. Returns it.
   */
  askAs(
    branch: string,
    { requester, hoursAgo }: { requester: string; hoursAgo: number },
  ): string {
    const trailer = /^Dojo-Requester: .*$/m;
    const message = this.git('show', '--format=%B', '-s', branch);
    if (!trailer.test(message)) throw new Error(`nobody asked for ${branch}`);
    const date = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
    const commit = this.#run(
      ['commit-tree', `${branch}^{tree}`, '-p', `${branch}^`],
      {
        input: message.replace(trailer, `Dojo-Requester: ${requester}`),
        env: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
      },
    );
    this.git('update-ref', `refs/heads/${branch}`, commit);
    return commit;
  }

  /**
   * Lands the request on a branch as the merge of a person would have, some time ago, and removes the branch; returns the
   * commit.
   */
  land(
    branch: string,
    { hoursAgo = 0, by = 'Ada' }: { hoursAgo?: number; by?: string } = {},
  ): string {
    const date = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
    const commit = this.#run(
      ['commit-tree', `${branch}^{tree}`, '-p', 'HEAD', '-p', branch],
      {
        input: this.git('show', '--format=%B', '-s', branch),
        env: {
          GIT_AUTHOR_NAME: by,
          GIT_COMMITTER_NAME: by,
          GIT_AUTHOR_DATE: date,
          GIT_COMMITTER_DATE: date,
        },
      },
    );
    this.git('update-ref', 'HEAD', commit);
    this.git('update-ref', '-d', `refs/heads/${branch}`);
    return commit;
  }

  /** Files that the newest commit changes. */
  changedFiles(): string[] {
    return this.git('show', '--format=', '--name-only', 'HEAD').split('\n');
  }

  #run(
    args: readonly string[],
    options: { input?: string; env?: Record<string, string> } = {},
  ): string {
    return execFileSync('git', ['-C', this.#path, ...args], {
      encoding: 'utf8',
      input: options.input,
      env: { ...process.env, ...person, ...options.env },
    }).trim();
  }
}
