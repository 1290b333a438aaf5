import { execFileSync, spawnSync } from 'node:child_process';
import { devNull } from 'node:os';

/** One commit to be made; each is a minute after the one before. */
export interface CommitToMake {
  readonly message: string | Buffer;
  /** Path -> text; a path that is there already is replaced. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** Annotated tag at this commit. */
  readonly tag?: string;
  /** Message of that tag; default `release`. */
  readonly tagMessage?: string;
  readonly author?: Buffer;
  /** Tag to build on, instead of the commit before. */
  readonly from?: string;
  /** Branch to be moved; default main. */
  readonly branch?: string;
}

/** Options of {@link makeRepository}. */
export interface RepositoryToMake {
  readonly commits: readonly CommitToMake[];
  readonly objectFormat?: 'sha1' | 'sha256';
}

const firstSecond = 1_700_000_000;

/** The environment of git in tests: nothing of the machine's configuration. */
const gitTestEnvironment = {
  PATH: process.env.PATH,
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

/** Runs git in a bare repository. @returns standard output without the last line end. */
export function git(
  directory: string,
  args: readonly string[],
  input?: string | Buffer,
): string {
  return execFileSync('git', ['-C', directory, ...args], {
    env: gitTestEnvironment,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
    ...(input === undefined ? {} : { input }),
  }).trimEnd();
}

/** Makes a bare repository with this history, the same object ids each time. */
export function makeRepository(
  directory: string,
  { commits, objectFormat = 'sha1' }: RepositoryToMake,
): void {
  execFileSync(
    'git',
    [
      'init',
      '-q',
      '--bare',
      '-b',
      'main',
      `--object-format=${objectFormat}`,
      directory,
    ],
    { env: gitTestEnvironment },
  );
  addCommits(directory, commits);
}

/** Adds commits to a bare repository, on top of what is there. */
export function addCommits(
  directory: string,
  commits: readonly CommitToMake[],
): void {
  const branches = new Set(
    git(directory, ['for-each-ref', '--format=%(refname:short)', 'refs/heads'])
      .split('\n')
      .filter(Boolean),
  );
  const already = Number(git(directory, ['rev-list', '--all', '--count']));
  const parts: Buffer[] = [];
  const say = (text: string) => parts.push(Buffer.from(text));
  const data = (bytes: string | Buffer) => {
    const body = Buffer.from(bytes as string);
    say(`data ${body.length}\n`);
    parts.push(body, Buffer.from('\n'));
  };
  commits.forEach((commit, index) => {
    const branch = commit.branch ?? 'main';
    const seconds = firstSecond + (already + index) * 60;
    const who = commit.author ?? Buffer.from('Ada <ada@example.com>');
    say(`commit refs/heads/${branch}\nmark :${index + 1}\n`);
    for (const role of ['author', 'committer']) {
      say(`${role} `);
      parts.push(who);
      say(` ${seconds} +0000\n`);
    }
    data(commit.message);
    // What this stream has begun goes on by itself, and its refs are not there yet to be named.
    if (commit.from !== undefined) {
      const made = commits.findIndex(({ tag }) => tag === commit.from) + 1;
      say(made > 0 ? `from :${made}\n` : `from ${commit.from}^0\n`);
    } else if (branches.has(branch)) say(`from refs/heads/${branch}^0\n`);
    branches.delete(branch);
    for (const [path, text] of Object.entries(commit.files ?? {})) {
      say(`M 100644 inline ${path}\n`);
      data(text);
    }
    say('\n');
    if (commit.tag !== undefined) {
      say(
        `tag ${commit.tag}\nfrom :${
          index + 1
        }\ntagger Ada <ada@example.com> ${seconds} +0000\n`,
      );
      data(commit.tagMessage ?? 'release\n');
    }
  });
  const { status, stderr } = spawnSync(
    'git',
    [
      ...['-c', 'core.filesRefLockTimeout=10000', '-C', directory],
      ...['fast-import', '--quiet', '--force'],
    ],
    { env: gitTestEnvironment, input: Buffer.concat(parts) },
  );
  if (status !== 0) throw new Error(`git fast-import failed: ${stderr}`);
}

/** Every ref and what it points to: two equal answers, nothing changed. */
export function readRefs(directory: string): string {
  return git(directory, ['for-each-ref', '--format=%(refname) %(objectname)']);
}
