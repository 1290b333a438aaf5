import type {
  FileEdit,
  ReleaseRequest,
  Splice,
} from 'backstage-plugin-dojo-common';
import semver from 'semver';
import { toPep440 } from './pep440';
import { readVersionFiles } from './read-version-files';
import type { ReadVersionFile, TextFile } from './read-version-files';
import type { ReleaseState } from './release-state';
import { isPythonFile } from './version-files/read-version-file';
import type { VersionField } from './version-files/version-fields';

/** The edits that set a version, and what a reader should know of them. */
export interface VersionFileEdits {
  readonly edits: readonly FileEdit[];
  /** Files that hold the version, edited or not. */
  readonly paths: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Sets the version in every version file of the request and in their lock files: in each field that held the last
 * version. One that held something else is the version of something else, as `appVersion` of a chart often is: it is
 * left, and told. Where no field at all held the last version, the files' own versions are set, and told. Only the
 * version's bytes change.
 *
 * @throws DojoError what {@link readVersionFiles} throws.
 */
export function editVersionFiles(
  version: string,
  state: Pick<ReleaseState, 'files' | 'newest'>,
  request: Pick<ReleaseRequest, 'versionFiles' | 'path'>,
): VersionFileEdits {
  const last = state.newest?.version;
  const { files, warnings } = readVersionFiles(state.files, request);
  const isHeld = files.some(({ file, fields }) =>
    fields.some(field => isLast(file, field, last)),
  );
  const told = [...warnings];
  const chosen = new Map<string, ChosenFields>();
  const choose = (file: TextFile, fields: readonly VersionField[]) => {
    if (fields.length === 0) return;
    // Several files may have one lock file, that of their workspace.
    const before = chosen.get(file.path)?.fields ?? [];
    const known = new Set(before.map(({ start }) => start));
    const more = fields.filter(({ start }) => !known.has(start));
    chosen.set(file.path, { file, fields: [...before, ...more] });
  };
  for (const read of files) {
    const choice = chooseFields(read, last, isHeld);
    choose(read.file, choice.fields);
    told.push(...choice.warnings);
    if (choice.drift !== undefined) {
      told.push(`${choice.drift} It becomes ${version}.`);
    }
    const [held] = choice.fields;
    if (held === undefined) continue;
    for (const { file, fields } of read.locks) {
      const isRepeated = (field: VersionField) =>
        same(file, field, held.value) || isLast(file, field, last);
      choose(file, fields.filter(isRepeated));
      told.push(
        ...fields
          .filter(field => !isRepeated(field))
          .map(field => leftWarning(file, field, held.value)),
      );
    }
  }
  const edits = [...chosen.values()].flatMap(({ file, fields }) => {
    const splices = splicesOf(file, fields, version);
    return splices.length > 0 ? [editOf(file, splices)] : [];
  });
  return { edits, paths: [...chosen.keys()], warnings: told };
}

interface ChosenFields {
  readonly file: TextFile;
  readonly fields: readonly VersionField[];
}

/** The fields of a file that are set; `drift` says what its own version was where that is not the last one. */
function chooseFields(
  { file, fields, isNamed }: ReadVersionFile,
  last: string | undefined,
  isHeld: boolean,
): {
  readonly fields: readonly VersionField[];
  readonly warnings: readonly string[];
  readonly drift?: string;
} {
  const [own] = fields;
  const isSomeLast = fields.some(field => isLast(file, field, last));
  if (!isSomeLast && last !== undefined && !isNamed) {
    // Placeholders, and the versions of other things, are nothing that a release may take for its own.
    const isVersion = semver.valid(own.value) ?? toPep440(own.value);
    if (isHeld || !isVersion || own.value.startsWith('0.0.0')) {
      return { fields: [], warnings: [leftWarning(file, own, last)] };
    }
  }
  const held = isSomeLast ? last : own.value;
  const follows = (field: VersionField) =>
    held !== undefined && same(file, field, held);
  const drift = isSomeLast ? undefined : driftOf(file, own, last);
  return {
    fields: fields.filter(follows),
    ...(drift !== undefined && { drift }),
    warnings: fields
      .filter(field => !follows(field) && !field.isReference)
      .map(field => leftWarning(file, field, held ?? own.value)),
  };
}

/** Says so where a file does not hold the version of the last release, or before the first one none to begin with. */
function driftOf(
  { path }: TextFile,
  { value }: VersionField,
  last: string | undefined,
): string | undefined {
  if (last !== undefined) {
    return `${path} says ${value}, the last release is ${last}.`;
  }
  return semver.valid(value) === null
    ? `${path} says ${value}, which is no semantic version.`
    : undefined;
}

function leftWarning(
  { path }: TextFile,
  { name, value }: VersionField,
  held: string,
): string {
  const field = name === undefined ? '' : ` (${name})`;
  return `${path}${field} says ${value}, not ${held}; it stays.`;
}

function isLast(
  file: TextFile,
  field: VersionField,
  last: string | undefined,
): boolean {
  return last !== undefined && same(file, field, last);
}

/** Whether a field holds the version, as the file's tool compares versions. */
function same(
  { path }: TextFile,
  { value }: VersionField,
  version: string,
): boolean {
  if (value === version) return true;
  if (!isPythonFile(path)) return false;
  return (
    (toPep440(value)?.text ?? value) === (toPep440(version)?.text ?? version)
  );
}

function splicesOf(
  { path }: TextFile,
  fields: readonly VersionField[],
  version: string,
): Splice[] {
  // A lock file holds what the tool that wrote it would: the normalised form.
  const spelled = path.endsWith('uv.lock')
    ? toPep440(version)?.text ?? version
    : version;
  return fields
    .filter(({ value }) => value !== spelled)
    .map(({ start, end }) => ({ start, end, text: spelled }))
    .sort((a, b) => a.start - b.start);
}

function editOf({ path, oid, mode }: TextFile, splices: Splice[]): FileEdit {
  return { path, before: oid, mode, splices };
}
