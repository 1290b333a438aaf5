import { readFileSync } from 'node:fs';

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

/** Files of this repository, as they are there: what the ledger shares with it has one source. */
const shared = paths =>
  Object.fromEntries(
    paths.map(path => {
      const file = new URL(`../../${path}`, import.meta.url);
      return [path, write(readFileSync(file, 'utf8'))];
    }),
  );

export const migrations = (...names) =>
  shared(names.map(name => `migrations/${name}.sql`));

/** What runs in a cluster: the base that overlays consume, and the ingress that they enable. */
export const manifests = () =>
  shared([
    ...['kustomization', 'deployment', 'service', 'configmap'].map(
      name => `deploy/k8s/base/${name}.yaml`,
    ),
    ...['kustomization', 'ingress'].map(
      name => `deploy/k8s/components/ingress/${name}.yaml`,
    ),
  ]);

/** More at the file's end. */
export const append = content => before => before + content;

/** One place changed; a place that is not there is a mistake in the history. */
export const replace = (from, to) => before => {
  if (!before.includes(from)) throw new Error(`there is no ${from}`);
  return before.replace(from, () => to);
};

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
