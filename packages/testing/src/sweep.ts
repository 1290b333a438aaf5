/** Options of {@link sweepOf}. */
export interface SweepOptions<T> {
  /** How many points a run visits that is not asked for all. */
  readonly size: number;
  /** Printed by the test that uses it, so that the same points can be visited again. */
  readonly seed: number;
  /** Whether every point is visited; default: what `./scripts/test --full` says by DOJO_TEST_FULL. */
  readonly full?: boolean;
  /** Points that are visited also where the sample would leave them out, beside its size; default: none. */
  readonly always?: (point: T) => boolean;
}

/** Whether this run was asked to visit every point of every sweep. */
export function isFullSweep(): boolean {
  return process.env.DOJO_TEST_FULL === '1';
}

/**
 * The points of a sweep that this run visits, in their order: all of them, or a sample that is spread evenly over them
 * and begins where the seed says. Each point is visited by some seed.
 */
export function sweepOf<T>(
  points: readonly T[],
  { size, seed, full = isFullSweep(), always = () => false }: SweepOptions<T>,
): T[] {
  if (full || points.length <= size) return [...points];
  const step = points.length / size;
  const start = seed % Math.ceil(step);
  const sample = new Set(
    Array.from(
      { length: size },
      (_, at) => Math.floor(at * step + start) % points.length,
    ),
  );
  return points.filter((point, at) => sample.has(at) || always(point));
}
