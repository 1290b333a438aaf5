/**
 * The `dojo` command of a checkout: one bundle of its sources, made once for each state of them and kept in
 * node_modules/.cache/dojo. Starting costs little more than node itself.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, 'node_modules/.cache/dojo');
const sources = [
  'packages/cli/src',
  'packages/core/src',
  'plugins/dojo-common/src',
];
const others = [
  'packages/cli/package.json',
  'yarn.lock',
  'scripts/dojo-bundle.mjs',
];
/** Bundles of other states are kept this long: a run that was started with one may still need it. */
const keptMilliseconds = 24 * 60 * 60_000;

/** Runs the command as it is now; makes its bundle first where there is none. Relative paths begin at `cwd`. */
export async function runDojo(args, { cwd }) {
  const target = join(cache, `dojo-${hashOfSources()}.cjs`);
  if (!existsSync(target)) await bundle(target);
  // Node 20 has none, and is only slower to start.
  module.enableCompileCache?.(join(cache, 'compiled'));
  const { main } = createRequire(import.meta.url)(target);
  await main(args, { cwd });
}

/** By size and times, not by content: to read all of it would be a fifth of each start. */
function stateOf(path) {
  const { size, mtimeMs, ctimeMs } = statSync(path);
  return `${path} ${size} ${mtimeMs} ${ctimeMs}\n`;
}

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (!/\.test\.tsx?$/.test(entry.name)) yield path;
  }
}

function hashOfSources() {
  const paths = sources.flatMap(folder => [...filesBelow(join(root, folder))]);
  const states = [...paths.sort(), ...others.map(file => join(root, file))].map(
    stateOf,
  );
  return createHash('sha256')
    .update(`${process.version}\n${states.join('')}`)
    .digest('hex')
    .slice(0, 32);
}

async function bundle(target) {
  const { build } = await import('esbuild');
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(cache, { recursive: true });
  await build({
    entryPoints: [join(root, 'packages/cli/src/index.ts')],
    outfile: unfinished,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    // The native part of DuckDB; its JavaScript is bundled: 100 small files cost 90 ms of every start.
    external: ['@duckdb/node-bindings'],
    // The UMD builds of some packages require() by names that no bundler can follow.
    mainFields: ['module', 'main'],
    minifySyntax: true,
    logLevel: 'error',
    plugins: [await lazyImports()],
  });
  // Whole or not there, whoever else makes it at this moment.
  renameSync(unfinished, target);
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    // Somebody else's unfinished one may have got its name meanwhile.
    const entry = statSync(path, { throwIfNoEntry: false });
    const isOld = entry && Date.now() - entry.mtimeMs > keptMilliseconds;
    if (isOld) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Our modules import with the first use of what they import: a command evaluates what it needs, and not all commands
 * (a check of a ledger: 20 ms instead of 80).
 */
async function lazyImports() {
  const { transform } = await import('@swc/core');
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
