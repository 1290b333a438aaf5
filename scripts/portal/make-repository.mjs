import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const START = Date.UTC(2026, 0, 12, 8, 30) / 1000;
/** Hours from a commit to the next, in turn. */
const PACE = [5, 19, 48, 3, 93, 24, 1, 71];

/** Makes a bare repository of commits as the ledger's history writes them, the same object ids on every machine. */
export async function makeRepository(directory, commits) {
  await settled(
    git(['init', '--quiet', '--bare', '--initial-branch=main', directory]),
  );
  const run = git([`--git-dir=${directory}`, 'fast-import', '--quiet']);
  const answers = createInterface({ input: run.stdout })[
    Symbol.asyncIterator
  ]();
  const done = settled(run);
  const files = {};
  const programs = new Set();
  let time = START;
  for (const [index, commit] of commits.entries()) {
    time += PACE[index % PACE.length] * 3600;
    const person = `${commit.author.name} <${commit.author.email}> ${time} +0000`;
    let { message } = commit;
    if (commit.reverts) {
      run.stdin.write(`get-mark :${commits.indexOf(commit.reverts) + 1}\n`);
      message += `\n\nThis reverts commit ${(await answers.next()).value}.`;
    }
    run.stdin.write(
      `commit refs/heads/main\nmark :${index + 1}\ncommitter ${person}\n${data(
        `${message}\n`,
      )}`,
    );
    for (const [path, change] of Object.entries(commit.changes)) {
      files[path] = change(files[path] ?? '', isoDate(time));
      // What was a program stays one, whatever is changed in it.
      if (change.executable) programs.add(path);
      const mode = programs.has(path) ? '100755' : '100644';
      run.stdin.write(`M ${mode} inline ${path}\n${data(files[path])}`);
    }
    if (commit.tag) {
      run.stdin.write(
        `tag ${commit.tag}\nfrom :${index + 1}\ntagger ${person}\n${data(
          `${commit.tag}\n`,
        )}`,
      );
    }
  }
  run.stdin.end();
  await done;
}

/** fast-import's counted block. */
const data = text => `data ${Buffer.byteLength(text)}\n${text}\n`;

const isoDate = seconds => new Date(seconds * 1000).toISOString().slice(0, 10);

/** git without the machine's own settings, which would change what is made. */
const git = args =>
  spawn('git', args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
    },
  });

async function settled(run) {
  const [code] = await once(run, 'close');
  if (code !== 0) throw new Error(`git ended with exit code ${code}`);
}
