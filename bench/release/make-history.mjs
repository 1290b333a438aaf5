/**
 * A git history for benchmarks as a `git fast-import` stream: deterministic, one branch, annotated tags, 2,000 files.
 *
 *     node bench/release/make-history.mjs <commits> <commits per tag> | git -C <bare repository> fast-import
 */
import { pathToFileURL } from 'node:url';
import { seededRandom } from '../shared/seeded-random.mjs';

const TYPES = [
  'feat',
  'fix',
  'chore',
  'docs',
  'refactor',
  'perf',
  'test',
  'ci',
];
const START = 1_600_000_000;
const FILES = 2_000;
/** So that a commit changes a tree of 40 entries and one of 50, as in a tended repository. */
const FOLDERS = 50;

const data = text => `data ${Buffer.byteLength(text)}\n${text}\n`;

/** The version as it was last released: release-it reads it there, and nowhere else. */
const packageJson = minor =>
  `${JSON.stringify(
    { name: 'svc', version: `0.${minor}.0`, private: true },
    null,
    2,
  )}\n`;

/** The stream, one commit with its tag a piece. The last commits carry no tag, so that there is something to release. */
export function* history(commits, commitsPerTag) {
  const random = seededRandom(7);
  let minor = 1;
  for (let i = 1; i <= commits; i += 1) {
    const type = TYPES[Math.floor(random() * TYPES.length)];
    const breaking = random() < 0.002;
    const scope = i % 3 === 0 ? '' : `(scope${i % 17})`;
    const when = `${START + i * 60} +0000`;
    const footer = breaking ? `\nBREAKING CHANGE: thing ${i} moved\n` : '';
    const message = `${type}${scope}${
      breaking ? '!' : ''
    }: change number ${i}\n\nBody line for commit ${i}.\n${footer}`;
    let piece = `commit refs/heads/main\nmark :${i}\ncommitter A U Thor <a@example.com> ${when}\n${data(
      message,
    )}`;
    if (i > 1) piece += `from :${i - 1}\n`;
    piece += `M 100644 inline src/d${i % FOLDERS}/f${i % FILES}.txt\n${data(
      `line ${i}\n`,
    )}`;
    const isTagged = i % commitsPerTag === 0 && i < commits;
    if (isTagged) minor += 1;
    if (i === 1 || isTagged)
      piece += `M 100644 inline package.json\n${data(packageJson(minor))}`;
    if (isTagged) {
      piece += `tag v0.${minor}.0\nfrom :${i}\ntagger A U Thor <a@example.com> ${when}\n${data(
        `v0.${minor}.0`,
      )}`;
    }
    yield piece;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [commits, commitsPerTag] = process.argv.slice(2).map(Number);
  for (const piece of history(commits, commitsPerTag))
    process.stdout.write(piece);
}
