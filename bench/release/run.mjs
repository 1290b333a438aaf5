/**
 * Plan and whole release against peers and floors, in one run, as ratios.
 *
 *     node bench/release/run.mjs [--rounds 5] [--sizes 1000,10000,100000] [--write]
 *
 * Every round gets a remote with one new commit that nobody has seen and a fresh TMPDIR, so no tool can answer from a
 * cache. Peers work on a clone, as their users must: the clone is timed apart and belongs to their price.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median, runTimed } from '../shared/measure.mjs';
import { CACHE, DOJO, ROOT } from '../shared/places.mjs';
import {
  machineLine,
  markdownTable,
  writeSection,
} from '../shared/write-section.mjs';
import { history } from './make-history.mjs';
import { peers } from './peers.mjs';

const COMMITS_PER_TAG = 20;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    sizes: { type: 'string', default: '1000,10000,100000' },
    write: { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);

const identity = {
  GIT_AUTHOR_NAME: 'bench',
  GIT_AUTHOR_EMAIL: 'bench@example.com',
  GIT_COMMITTER_NAME: 'bench',
  GIT_COMMITTER_EMAIL: 'bench@example.com',
};

const run = (command, args, { cwd = ROOT, tmp = tmpdir(), input } = {}) =>
  runTimed(command, args, {
    cwd,
    input,
    env: {
      ...identity,
      HOME: tmp,
      TMPDIR: tmp,
      GIT_CONFIG_NOSYSTEM: '1',
      CI: '',
      NODE_NO_WARNINGS: '1',
    },
  });

/** The history, made once for each size and kept: a stream of 100,000 commits takes longer than all that is measured. */
function ensureHistory(commits) {
  const path = join(CACHE, `history-${commits}-${COMMITS_PER_TAG}.git`);
  if (existsSync(path)) return path;
  const building = `${path}.${process.pid}`;
  run('git', ['init', '--quiet', '--bare', '-b', 'main', building]);
  run('git', ['-C', building, 'fast-import', '--quiet'], {
    input: [...history(commits, COMMITS_PER_TAG)].join(''),
  });
  run('git', ['-C', building, 'config', 'uploadpack.allowFilter', 'true']);
  run('git', ['-C', building, 'gc', '--quiet']);
  renameSync(building, path);
  return path;
}

/** A private copy of the remote with one commit more than any earlier round. */
function freshRemote(source, round) {
  const folder = mkdtempSync(join(tmpdir(), 'dojo-bench-'));
  const remote = join(folder, 'remote.git');
  cpSync(source, remote, { recursive: true });
  const git = (...args) => run('git', ['-C', remote, ...args]).stdout.trim();
  const commit = git(
    'commit-tree',
    git('rev-parse', 'main^{tree}'),
    '-p',
    'main',
    '-m',
    `fix: round ${round}`,
  );
  git('update-ref', 'refs/heads/main', commit);
  return {
    folder,
    remote,
    lastTag: git('tag', '--sort=-v:refname').split('\n')[0],
  };
}

function bench(commits) {
  const source = ensureHistory(commits);
  const tools = peers();
  const times = new Map();
  const note = (name, ms) => times.set(name, [...(times.get(name) ?? []), ms]);
  const dojo = (remote, ...args) =>
    run(
      'node',
      [
        DOJO,
        'release',
        '--repository',
        `file://${remote}`,
        '--branch',
        'main',
        '--json',
        ...args,
      ],
      { tmp: mkdtempSync(join(tmpdir(), 'dojo-bench-tmp-')) },
    );
  run('node', [DOJO, '--version']);

  for (let round = 1; round <= rounds; round += 1) {
    const { folder, remote, lastTag } = freshRemote(source, round);
    note('node -e 0', run('node', ['-e', '0']).ms);
    note(
      'git log of the range',
      run('git', ['-C', remote, 'log', '--format=%B', `${lastTag}..main`]).ms,
    );
    note('dojo: plan', dojo(remote, '--dry-run').ms);
    for (const peer of tools) {
      if (commits > (peer.most ?? Infinity)) continue;
      const theirs = join(folder, `${peer.name}.git`);
      cpSync(remote, theirs, { recursive: true });
      const clone = join(folder, peer.name);
      note(
        'git clone',
        run('git', ['clone', '--quiet', `file://${theirs}`, clone]).ms,
      );
      for (const [name, text] of Object.entries(peer.files))
        writeFileSync(join(clone, name), text);
      const timed = (what, command) =>
        note(
          `${peer.name}: ${what}`,
          run(command[0], command.slice(1), { cwd: clone, tmp: folder }).ms,
        );
      timed('plan', peer.plan);
      if (peer.release) timed('release', peer.release);
    }
    note('dojo: release', dojo(remote).ms);
    rmSync(folder, { recursive: true, force: true });
  }
  return new Map([...times].map(([name, all]) => [name, median(all)]));
}

/** One row per thing measured: milliseconds, and how many times the whole `dojo release` of the same run it took. */
function table(commits, medians) {
  const clone = medians.get('git clone');
  const plan = medians.get('dojo: plan');
  const whole = medians.get('dojo: release');
  const rows = [...medians].map(([name, ms]) => {
    const needsClone = /^(semantic-release|release-it|git-cliff)/.test(name);
    const price = needsClone ? ms + clone : ms;
    const base = /: plan$|git log|node -e/.test(name) ? plan : whole;
    return [
      `${name}${needsClone ? ' (+ clone)' : ''}`,
      price.toFixed(0),
      (price / base).toFixed(2),
    ];
  });
  return [
    `### ${commits.toLocaleString('en')} commits, ${Math.floor(
      commits / COMMITS_PER_TAG,
    ).toLocaleString('en')} tags`,
    markdownTable(['what', 'ms (median)', 'ratio to dojo'], rows),
  ].join('\n\n');
}

mkdirSync(CACHE, { recursive: true });
const tables = options.sizes
  .split(',')
  .map(Number)
  .map(commits => {
    const text = table(commits, bench(commits));
    console.log(text);
    return text;
  });

if (options.write) {
  writeSection('release', {
    title: 'Release',
    note: `\`node bench/release/run.mjs --rounds ${rounds} --write\` on ${machineLine(
      run('git', ['--version']).stdout.trim(),
    )}. Ratios: plans (and the two floors) against \`dojo: plan\`, releases and the clone against \`dojo: release\`; above 1 is slower than dojo. Local remote over file://, a new commit and an empty TMPDIR each round.`,
    parts: tables,
  });
}
