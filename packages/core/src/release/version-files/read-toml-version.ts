import type { AST } from 'toml-eslint-parser';
import { ParseError, parseTOML } from 'toml-eslint-parser';
import type { VersionField, VersionFields } from './version-fields';
import { behindByteOrderMark, versionField } from './version-fields';

type Path = readonly string[];

/** Keys that hold a version, the first that does is the file's: Python's, Poetry's, Cargo's, none. */
const projectVersions: readonly Path[] = [
  ['project', 'version'],
  ['tool', 'poetry', 'version'],
  ['package', 'version'],
  ['version'],
];
/** Keys by which other tools repeat it. */
const repeatedVersions: readonly Path[] = [
  ['tool', 'commitizen', 'version'],
  ['tool', 'bumpversion', 'current_version'],
];
const crateVersions: readonly Path[] = [
  ['package', 'version'],
  ['workspace', 'package', 'version'],
];

/** Reads the version of pyproject.toml, or of another TOML file with one of the same tables. */
export function readTomlVersion(text: string): VersionFields {
  return withToml(text, (toml, entries) => {
    const [first, ...others] = fieldsAt(toml, entries, projectVersions);
    if (first === undefined) {
      return {
        kind: 'none',
        expected: 'a string version in [project] or [tool.poetry]',
        ...skippable(entries),
      };
    }
    const repeated = fieldsAt(toml, entries, repeatedVersions);
    return { kind: 'found', fields: [first, ...others, ...repeated] };
  });
}

/**
 * Reads the version of Cargo.toml: of the package, or of a workspace whose crates inherit it; and where dependencies
 * name a crate of the same repository, the versions by which they do.
 */
export function readCargoVersion(text: string): VersionFields {
  return withToml(text, (toml, entries) => {
    const fields = fieldsAt(toml, entries, crateVersions);
    if (fields.length > 0) {
      const references = localDependencies(toml, entries);
      return { kind: 'found', fields: [...fields, ...references] };
    }
    const inherits = valueAt(entries, ['package', 'version', 'workspace']);
    return {
      kind: 'none',
      expected: inherits
        ? 'a version of its own, but it is that of the workspace: name the Cargo.toml of that'
        : 'a string version in [package] or [workspace.package]',
    };
  });
}

/** What a lock file knows a project by. */
export interface LockedProject {
  /** Absent: a workspace, whose crates have the names. */
  readonly name?: string;
  /** The version that its file holds. */
  readonly version?: string;
}

/** The name and version in a TOML file, by which its lock file knows the project. */
export function readTomlProject(text: string): LockedProject {
  const project: { name?: string; version?: string } = {};
  withToml(text, (toml, entries) => {
    const paths = [...projectVersions, ['workspace', 'package', 'version']];
    const tables = projectVersions.map(path => [...path.slice(0, -1), 'name']);
    project.name = fieldsAt(toml, entries, tables)[0]?.value;
    project.version = fieldsAt(toml, entries, paths)[0]?.value;
    return { kind: 'none', expected: '' };
  });
  return project;
}

/** A key with its whole path, and the value that it has. */
interface Entry {
  readonly path: readonly (string | number)[];
  readonly value: AST.TOMLContentNode;
}

function withToml(
  text: string,
  read: (toml: string, entries: readonly Entry[]) => VersionFields,
): VersionFields {
  return behindByteOrderMark(text, toml => {
    try {
      const [root] = parseTOML(toml).body;
      const entries = root.body.flatMap(node =>
        node.type === 'TOMLTable'
          ? node.body.flatMap(pair => entriesOf(pair, node.resolvedKey))
          : entriesOf(node, []),
      );
      return read(toml, entries);
    } catch (error) {
      if (error instanceof ParseError) {
        const place = `${error.lineNumber}:${error.column + 1}`;
        return { kind: 'invalid', place, why: error.message };
      }
      if (!(error instanceof RangeError)) throw error;
      return { kind: 'invalid', why: 'it is nested too deeply' };
    }
  });
}

function entriesOf(
  { key, value }: AST.TOMLKeyValue,
  table: readonly (string | number)[],
): Entry[] {
  const path = [
    ...table,
    ...key.keys.map(part =>
      part.type === 'TOMLBare' ? part.name : part.value,
    ),
  ];
  return value.type === 'TOMLInlineTable'
    ? value.body.flatMap(pair => entriesOf(pair, path))
    : [{ path, value }];
}

function fieldsAt(
  toml: string,
  entries: readonly Entry[],
  paths: readonly Path[],
): VersionField[] {
  return paths.flatMap(path => {
    const value = valueAt(entries, path);
    const field = value && fieldOf(toml, value);
    return field ? [{ ...field, name: path.join('.') }] : [];
  });
}

function fieldOf(
  toml: string,
  value: AST.TOMLContentNode,
): VersionField | undefined {
  if (value.type !== 'TOMLValue' || value.kind !== 'string') return undefined;
  const quote = value.multiline ? 3 : 1;
  const [start, end] = value.range;
  if (end - start <= 2 * quote) return undefined;
  return versionField(toml, start + quote, end - quote);
}

const dependencyTable = /^(?:dev-|build-)?dependencies$/;

/** The versions of dependencies that have a path as well: what is published asks for them by version. */
function localDependencies(
  toml: string,
  entries: readonly Entry[],
): VersionField[] {
  const local = new Set(
    entries
      .filter(({ path }) => isOfDependency(path, 'path'))
      .map(({ path }) => JSON.stringify(path.slice(0, -1))),
  );
  return entries.flatMap(({ path, value }) => {
    const isLocal =
      isOfDependency(path, 'version') &&
      local.has(JSON.stringify(path.slice(0, -1)));
    const field = isLocal ? fieldOf(toml, value) : undefined;
    if (field === undefined) return [];
    const lead = /^[=^~]?\s*/.exec(field.value)![0].length;
    return [
      {
        start: field.start + lead,
        end: field.end,
        value: field.value.slice(lead),
        name: path.join('.'),
        isReference: true,
      },
    ];
  });
}

function isOfDependency(path: Entry['path'], key: string): boolean {
  const table = path.at(-3);
  return (
    path.at(-1) === key &&
    typeof table === 'string' &&
    dependencyTable.test(table)
  );
}

function stringOf(value: AST.TOMLContentNode): string | undefined {
  return value.type === 'TOMLValue' && value.kind === 'string'
    ? value.value
    : undefined;
}

function valueAt(
  entries: readonly Entry[],
  path: Path,
): AST.TOMLContentNode | undefined {
  return entries.find(
    entry =>
      entry.path.length === path.length &&
      entry.path.every((part, i) => part === path[i]),
  )?.value;
}

/** A version that the build computes, or no project at all: nothing to set, unless the file was named. */
function skippable(
  entries: readonly Entry[],
): { readonly skippable: string } | undefined {
  const dynamic = valueAt(entries, ['project', 'dynamic']);
  if (
    dynamic?.type === 'TOMLArray' &&
    dynamic.elements.some(element => stringOf(element) === 'version')
  ) {
    return { skippable: 'its version is dynamic' };
  }
  const isProject = entries.some(
    ({ path }) =>
      path[0] === 'project' || (path[0] === 'tool' && path[1] === 'poetry'),
  );
  return isProject ? undefined : { skippable: 'it describes no project' };
}
