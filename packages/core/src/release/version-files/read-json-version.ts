import type { JSONPath } from 'jsonc-parser';
import { printParseErrorCode, visit } from 'jsonc-parser';
import type { VersionField, VersionFields } from './version-fields';
import { behindByteOrderMark, versionField } from './version-fields';

/** Reads `version` at the root of a JSON file such as package.json. */
export function readJsonVersion(text: string): VersionFields {
  return behindByteOrderMark(text, json => {
    const { strings, isPrivate, invalid } = readStrings(json, [['version']]);
    if (invalid) return invalid;
    const [field] = strings;
    if (field) return { kind: 'found', fields: [field] };
    return {
      kind: 'none',
      expected: 'a string "version" at the root',
      ...(isPrivate && { skippable: 'it is private and has no version' }),
    };
  });
}

/**
 * Reads the versions that package-lock.json has of a package: `version` at the root and of `packages[""]`, or of a
 * workspace, by its folder beside the lock file.
 */
export function readPackageLockVersion(
  text: string,
  folder = '',
): VersionFields {
  return behindByteOrderMark(text, json => {
    const paths =
      folder === ''
        ? [['version'], ['packages', '', 'version']]
        : [['packages', folder, 'version']];
    const { strings, invalid } = readStrings(json, paths);
    if (invalid) return invalid;
    const fields = strings.filter(field => field !== undefined);
    return fields.length > 0
      ? { kind: 'found', fields }
      : {
          kind: 'none',
          expected: 'a string "version" at the root',
          skippable: 'it holds no version of the package',
        };
  });
}

interface FoundStrings {
  /** One per path, in the order asked for; where a key stands twice the last counts, as in JSON.parse. */
  readonly strings: readonly (VersionField | undefined)[];
  readonly isPrivate: boolean;
  readonly invalid?: VersionFields;
}

/** Of the deepest path that is asked for. */
const maxDepth = 3;

function readStrings(text: string, paths: readonly JSONPath[]): FoundStrings {
  const strings: (VersionField | undefined)[] = paths.map(() => undefined);
  let isPrivate = false;
  let depth = 0;
  let invalid: VersionFields | undefined;
  const fail = (why: string, place?: string) => {
    invalid ??= { kind: 'invalid', why, ...(place && { place }) };
  };
  try {
    visit(
      text,
      {
        onLiteralValue: (value, offset, length, _line, _column, at) => {
          if (typeof value !== 'string' && value !== true) return;
          // A path is copied at each question: of what is deeper than any that is asked for, none is asked.
          if (depth > maxDepth) return;
          const path = at();
          if (value === true) {
            isPrivate ||= samePath(path, ['private']);
            return;
          }
          const index = paths.findIndex(wanted => samePath(path, wanted));
          if (index < 0 || value === '') return;
          strings[index] = versionField(text, offset + 1, offset + length - 1);
        },
        onObjectBegin: () => {
          depth += 1;
        },
        onObjectEnd: () => {
          depth -= 1;
        },
        onArrayBegin: () => {
          depth += 1;
        },
        onArrayEnd: () => {
          depth -= 1;
        },
        onError: (code, _offset, _length, line, column) =>
          fail(printParseErrorCode(code), `${line + 1}:${column + 1}`),
      },
      { disallowComments: true },
    );
  } catch (error) {
    // The visitor descends by recursion.
    if (!(error instanceof RangeError)) throw error;
    fail('it is nested too deeply');
  }
  return { strings, isPrivate, ...(invalid && { invalid }) };
}

function samePath(path: JSONPath, wanted: JSONPath): boolean {
  return (
    path.length === wanted.length &&
    path.every((segment, i) => segment === wanted[i])
  );
}
