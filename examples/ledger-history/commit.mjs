import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The words in which the ledger's history is written: a commit is an author, a message and changes; a change is the
 * file's new content, or an edit of what it was.
 */
export const mira = { name: 'Mira Aoki', email: 'mira@example.com' };
export const jonas = { name: 'Jonas Weber', email: 'jonas@example.com' };
export const priya = { name: 'Priya Nair', email: 'priya@example.com' };

export const commit = (author, message, changes) => ({
  author,
  message,
  changes,
});

/** The whole file. */
export const write = content => () => content.replace(/^\n/, '');

const example = new URL('../ledger/', import.meta.url);
const named = new Set();

/** Paths of the example that start with one of these. */
const pathsOf = prefixes => {
  const paths = readdirSync(example, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry =>
      relative(fileURLToPath(example), join(entry.parentPath, entry.name)),
    )
    .sort();
  for (const prefix of prefixes)
    if (!paths.some(path => path.startsWith(prefix)))
      throw new Error(`examples/ledger has no ${prefix}`);
  return paths.filter(path => prefixes.some(prefix => path.startsWith(prefix)));
};

const asItIs = path => {
  const file = new URL(path, example);
  const change = write(readFileSync(file, 'utf8'));
  return (statSync(file).mode & 0o100) === 0
    ? change
    : Object.assign(change, { executable: true });
};

/** Files of examples/ledger as they are there, by the beginnings of their paths: the history leads to it. */
export const ledger = (...prefixes) => {
  const paths = pathsOf(prefixes);
  paths.forEach(path => named.add(path));
  return Object.fromEntries(paths.map(path => [path, asItIs(path)]));
};

/** What no commit names: to be asked for when all are written. */
export const allElse = () =>
  Object.fromEntries(
    pathsOf([''])
      .filter(path => !named.has(path))
      .map(path => [path, asItIs(path)]),
  );

/** A file of the example as it was before: each `[now, then]` once. */
export const before = (path, ...edits) => {
  named.add(path);
  let text = readFileSync(new URL(path, example), 'utf8');
  for (const [now, then] of edits) text = replace(now, then)(text);
  return { [path]: write(text) };
};

export const migrations = (...names) =>
  ledger(...names.map(name => `src/ledger/sql/migrations/${name}.sql`));

/** More at the file's end. */
export const append = content => before => before + content;

/** One place changed; a place that is not there is a mistake in the history. */
export const replace = (from, to) => text => {
  if (text.search(from instanceof RegExp ? from : literal(from)) < 0)
    throw new Error(`there is no ${from}`);
  return text.replace(from, () => to);
};

const literal = text => new RegExp(RegExp.escape(text));

/** The commit that undoes `original`, named by its object id as `git revert` does. */
export const revert = (author, original, changes) => ({
  author,
  reverts: original,
  message: `Revert "${original.message.split('\n')[0]}"`,
  changes,
});

/** `chore(release)`: the version in both project files, a section in the changelog, an annotated tag. */
export const release = (author, version, notes) => ({
  author,
  message: `chore(release): ${version}`,
  tag: `v${version}`,
  changes: {
    'pyproject.toml': before =>
      before.replace(/^version = ".*"/m, `version = "${version}"`),
    'package.json': before =>
      before.replace(/"version": ".*"/, `"version": "${version}"`),
    'CHANGELOG.md': (before, date) =>
      before.replace(
        '# Changelog\n',
        `# Changelog\n\n## ${version} (${date})\n${notes}`,
      ),
  },
});
