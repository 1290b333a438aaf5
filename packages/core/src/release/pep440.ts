/** Order of what PEP 440 puts before a final release. */
const phases: Readonly<Record<string, number>> = {
  dev: 0,
  a: 1,
  alpha: 1,
  b: 2,
  beta: 2,
  c: 3,
  pre: 3,
  preview: 3,
  rc: 3,
};
const canonical = ['.dev', 'a', 'b', 'rc'];
const final = 4;

/** A semantic version as Python reads it. */
export interface Pep440Version {
  /** Normalised, as lock files hold it: `1.2.3rc1`. */
  readonly text: string;
  /** Sorts before and after others of the same base: phase and number. */
  readonly rank: readonly [number, number];
}

/**
 * Reads a semantic version by PEP 440.
 *
 * @returns undefined where Python would reject it, or read a pre-release as a post-release (`1.2.3-0`).
 */
export function toPep440(version: string): Pep440Version | undefined {
  const match =
    /^(\d+\.\d+\.\d+)(?:-([A-Za-z]+)\.?(\d*))?(?:\+([A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*))?$/.exec(
      version,
    );
  if (match === null) return undefined;
  const [, base, id, digits, local] = match;
  const suffix =
    local === undefined ? '' : `+${local.toLowerCase().replace(/[_-]/g, '.')}`;
  if (id === undefined) {
    return { text: `${base}${suffix}`, rank: [final, 0] };
  }
  const name = id.toLowerCase();
  const phase = Object.hasOwn(phases, name) ? phases[name] : undefined;
  if (phase === undefined) return undefined;
  const number = Number(digits);
  return {
    text: `${base}${canonical[phase]}${number}${suffix}`,
    rank: [phase, number],
  };
}
