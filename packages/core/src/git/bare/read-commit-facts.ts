import type { CommitFacts } from '../../service/ports';
import { gitErrors } from '../git-errors';
import { runGit } from '../run/run-git';

/** Files that may name a service's version, and how; the first one that does counts. */
const versionFiles: readonly (readonly [string, RegExp])[] = [
  ['package.json', /^ {0,4}"version":\s*"([^"]{1,100})"/m],
  ['pyproject.toml', /^version\s*=\s*"([^"]{1,100})"/m],
  ['VERSION', /^(\S{1,100})\s*$/],
];
const maxFileBytes = 1024 * 1024;
const deadline = 20_000;

/**
 * When a commit of a bare repository of this machine was made, and the version that its files name: what a CI puts into
 * the image of it.
 *
 * @throws DojoError GIT_OBJECT_MISSING where there is no such commit.
 */
export async function readCommitFacts(
  gitDir: string,
  { commit, display }: { readonly commit: string; readonly display: string },
  signal: AbortSignal,
): Promise<CommitFacts> {
  const run = (args: readonly string[], maxOutput: number) =>
    runGit({
      args,
      directory: gitDir,
      gitDir,
      display,
      signal,
      deadline,
      maxOutput,
    });
  const { code, stdout } = await run(
    ['show', '-s', '--format=%ct', '--end-of-options', `${commit}^{commit}`],
    1_024,
  );
  const seconds = Number(stdout.toString('latin1').trim());
  if (code !== 0 || !Number.isSafeInteger(seconds)) {
    throw gitErrors.objectMissing(display, `commit ${commit}`);
  }
  const created = new Date(seconds * 1_000);
  for (const [path, pattern] of versionFiles) {
    const file = await run(['show', `${commit}:${path}`], maxFileBytes);
    const version =
      file.code === 0 && pattern.exec(file.stdout.toString('utf8'))?.[1];
    if (version) return { created, version };
  }
  return { created, version: '0.0.0' };
}
