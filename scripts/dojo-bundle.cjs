/**
 * The `dojo` command of a checkout: one bundle of its sources, made once for each state of them and kept in
 * node_modules/.cache/dojo. Starting costs little more than node itself.
 */
const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const { dirname, join } = require('node:path');
const { loadCompiled } = require('./load-compiled.cjs');

const root = dirname(__dirname);
const cache = join(root, 'node_modules/.cache/dojo');
const sources = [
  'packages/cli/src',
  'packages/core/src',
  'plugins/dojo-common/src',
];
const others = [
  'packages/cli/package.json',
  'packages/core/package.json',
  'yarn.lock',
  'scripts/dojo-bundle.cjs',
];
/** A checkout that was copied has the sources of another one in its manifest. */
const maker = `${process.version} ${root}`;
/** Name of the newest bundle, and what it was made of. */
const manifest = 'manifest';
/** The last line of the manifest. */
const end = 'end';
/** Between path and state of a folder in it. */
const folderMark = '\tfolder ';
/** Bundles of other states are kept this long: a run that was started with one may still need it. */
const keptMilliseconds = 24 * 60 * 60_000;

/** Runs the command as it is now; makes its bundle first where there is none. Relative paths begin at `cwd`. */
exports.runDojo = async function runDojo(args, { cwd }) {
  const target = madeOfPresent() ?? (await bundle(presentStates()));
  const { main } = loadCompiled(target, `${target}.${shapeOf(args)}`);
  await main(args, { cwd });
};

/** The command and its flags: each needs something else of the bundle. */
function shapeOf([command = '', ...rest]) {
  // A request of another kind is another command.
  const isFlag = word => word.startsWith('--') || command === 'run-request';
  const flags = rest.filter(isFlag).sort();
  const shape = [command, ...new Set(flags)].join('');
  return /^[a-z-]{1,100}$/.test(shape) ? shape : 'other';
}

/**
 * The bundle that was made of the present state. Compared, not hashed: to load what hashes takes 10 ms of every start. By
 * what is noted of each file and folder first: to list all folders takes as long as that. A test, or the lock of an editor,
 * changes a folder and none of the files.
 */
function madeOfPresent() {
  try {
    const [name, ...states] = readFileSync(join(cache, manifest), 'utf8').split(
      '\n',
    );
    const target = join(cache, name);
    const isWhole = states.pop() === end;
    const isOurs = states.shift() === maker && existsSync(target);
    if (!isWhole || !isOurs) return undefined;
    const isPresent = state => state === stateOf(state.split('\t', 1)[0]);
    if (states.every(isPresent)) return target;
    const present = presentStates();
    if (filesOf(states) !== filesOf(present)) return undefined;
    note(name, present);
    return target;
  } catch {
    return undefined;
  }
}

/** Without what was gone already. */
const filesOf = states =>
  states
    .filter(state => state.includes('\t') && !state.includes(folderMark))
    .join('\n');

/** Whole or not there, whoever else makes one at this moment. */
function note(name, states) {
  const made = join(cache, `${name}.${process.pid}.manifest`);
  writeFileSync(made, [name, maker, ...states, end].join('\n'));
  renameSync(made, join(cache, manifest));
}

/** By size and times, not by content: to read all of it would be a fifth of each start. */
function stateOf(path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  // Gone since it was listed, or the link to nowhere with which an editor locks a file.
  if (!entry) return path;
  const kind = entry.isDirectory() ? folderMark : '\t';
  return `${path}${kind}${entry.size} ${entry.mtimeMs} ${entry.ctimeMs}`;
}

/** Folders too. */
function* pathsBelow(folder) {
  yield folder;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* pathsBelow(path);
    else if (!/\.test\.tsx?$/.test(entry.name)) yield path;
  }
}

function presentStates() {
  const paths = sources.flatMap(folder => [...pathsBelow(join(root, folder))]);
  return [...paths, ...others.map(file => join(root, file))].map(stateOf);
}

async function bundle(states) {
  const { build } = require('esbuild');
  const name = `dojo-${Date.now()}-${process.pid}.cjs`;
  const target = join(cache, name);
  mkdirSync(cache, { recursive: true });
  const { outputFiles } = await build({
    entryPoints: [join(root, 'packages/cli/src/index.ts')],
    outfile: target,
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    // The native part of DuckDB; its JavaScript is bundled: 100 small files cost 90 ms of every start. The client of
    // Kubernetes has 7 MB and would double every start, and it is for users of OIDC alone.
    external: ['@duckdb/node-bindings', '@kubernetes/client-node'],
    // The UMD builds of some packages require() by names that no bundler can follow.
    mainFields: ['module', 'main'],
    // A third less to read and to compile. Identifiers stay: messages and stacks name them.
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'error',
    plugins: [lazyImports()],
  });
  // One byte a character is half of what V8 reads and keeps. The bundler leaves regular expressions and comments alone.
  const text = outputFiles[0].text.replace(
    /[^\x00-\x7f]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  writeFileSync(target, text, 'latin1');
  note(name, states);
  for (const entry of readdirSync(cache)) removeIfOld(join(cache, entry));
  return target;
}

function removeIfOld(path) {
  try {
    const isOld = Date.now() - statSync(path).mtimeMs > keptMilliseconds;
    if (isOld) rmSync(path, { recursive: true, force: true });
  } catch {
    // Another start renames, removes or fills it at this moment: no command needs it gone.
  }
}

/**
 * Our modules import with the first use of what they import: a command evaluates what it needs, and not all commands
 * (a check of a database: 20 ms instead of 80).
 */
function lazyImports() {
  const { transform } = require('@swc/core');
  const folders = sources.map(folder => join(root, folder, '/'));
  return {
    name: 'lazy-imports',
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!folders.some(folder => path.startsWith(folder))) return undefined;
        const source = readFileSync(path, 'utf8');
        // `lazy: true` would leave out relative imports.
        const lazy = [...source.matchAll(/ from '([^']+)'/g)].map(
          ([, name]) => name,
        );
        const { code } = await transform(source, {
          filename: path,
          swcrc: false,
          jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
          module: { type: 'commonjs', lazy },
          sourceMaps: false,
        });
        return { contents: code, loader: 'js' };
      }),
  };
}
