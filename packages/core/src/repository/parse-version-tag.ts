import { valid } from 'semver';

/** The name of a tag as a version: what stands before it, its numbers, and the version as semantic versioning writes it. */
export interface ParsedVersionTag {
  readonly prefix: string;
  readonly numbers: readonly [number, number, number];
  /** What follows the numbers: pre-release and build metadata. */
  readonly rest: string;
  readonly version: string;
}

/** A name that looks like a version to a person, and is none: `v0.63`, `1.2.3.4`, `2024.01.05`. */
export interface LikelyVersion {
  readonly prefix: string;
  /** Those that it has, of the first three. */
  readonly numbers: readonly number[];
}

/** Longer names are no versions: reading one then takes a bounded time, whatever is in it. */
const maxName = 250;

const lead = '(?:[@A-Za-z][A-Za-z0-9._@/-]*?[-/@_])??[vV]?';
const number = '(0|[1-9]\\d{0,14})';
const numbered = new RegExp(
  `^(${lead})${number}\\.${number}\\.${number}(|[-+._A-Za-z].*)$`,
);
const twoNumbers = new RegExp(`^(${lead})${number}\\.${number}$`);
const semverRest = /^(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;
const pythonRest =
  /^[._-]?(a|alpha|b|beta|c|rc|pre|preview|dev)[._-]?(\d{0,9})$/i;
const pythonPhases: Readonly<Record<string, string>> = {
  a: 'alpha',
  b: 'beta',
  c: 'rc',
  pre: 'rc',
  preview: 'rc',
};
const likely =
  /^([@A-Za-z][A-Za-z0-9._@/-]*?)??(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:[-._+A-Za-z][0-9A-Za-z._+-]*)?$/;

/**
 * Reads a tag's name: a semantic version, or a pre-release as Python spells it (`1.3.0rc1` is 1.3.0-rc.1), behind any
 * prefix that ends in a separator, a `v`, or both. With a prefix given, the rest of the name has to be the version.
 *
 * @returns undefined where it is no version.
 */
export function parseVersionTag(
  name: string,
  prefix?: string,
): ParsedVersionTag | undefined {
  if (name.length > maxName) return undefined;
  if (prefix !== undefined && !name.startsWith(prefix)) return undefined;
  const match = numbered.exec(
    prefix === undefined ? name : name.slice(prefix.length),
  );
  if (match === null) return undefined;
  const [, found, major, minor, patch, written] = match;
  if (prefix !== undefined && found !== '') return undefined;
  const base = `${major}.${minor}.${patch}`;
  const rest = toSemverRest(base, written);
  return rest === undefined
    ? undefined
    : {
        prefix: prefix ?? found,
        numbers: [Number(major), Number(minor), Number(patch)],
        rest,
        version: `${base}${rest}`,
      };
}

/** Reads a name of two numbers, as `v0.63`: 0.63.0 to who never writes the third. @returns undefined where it is none. */
export function parseTwoNumbers(
  name: string,
  prefix?: string,
): ParsedVersionTag | undefined {
  if (name.length > maxName) return undefined;
  if (prefix !== undefined && !name.startsWith(prefix)) return undefined;
  const match = twoNumbers.exec(
    prefix === undefined ? name : name.slice(prefix.length),
  );
  if (match === null) return undefined;
  const [, found, major, minor] = match;
  if (prefix !== undefined && found !== '') return undefined;
  return {
    prefix: prefix ?? found,
    numbers: [Number(major), Number(minor), 0],
    rest: '',
    version: `${major}.${minor}.0`,
  };
}

/** Reads a name that is no version, but looks like one. @returns undefined where it does not. */
export function parseLikelyVersion(name: string): LikelyVersion | undefined {
  if (name.length > maxName) return undefined;
  const match = likely.exec(name);
  if (match === null) return undefined;
  const [, prefix = '', ...numbers] = match;
  const known = numbers.filter(text => text !== undefined).map(Number);
  const isVersion = known.length > 1 || /[vV]$/.test(prefix);
  return isVersion ? { prefix, numbers: known } : undefined;
}

function toSemverRest(base: string, rest: string): string | undefined {
  if (rest === '') return rest;
  if (semverRest.test(rest) && valid(`${base}${rest}`)) return rest;
  const python = pythonRest.exec(rest);
  if (python === null) return undefined;
  const phase = python[1].toLowerCase();
  return `-${pythonPhases[phase] ?? phase}.${Number(python[2])}`;
}
