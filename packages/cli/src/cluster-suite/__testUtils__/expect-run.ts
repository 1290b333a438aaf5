import type { DeployRun } from './cluster-world';

/** It ended with this code; where it did not, what it said is part of the failure. */
export function expectCode(run: DeployRun, wanted: number): void {
  const { code, stderr } = run;
  const said = code === wanted ? '' : stderr;
  expect({ code, said }).toEqual({ code: wanted, said: '' });
}

/** It came to its end, with so many commits. */
export function expectDone(run: DeployRun, commits?: number): void {
  expectCode(run, 0);
  if (commits !== undefined) expect(run.commits).toBe(commits);
}

/** It came to its end, and there was nothing to do. */
export function expectNothing(run: DeployRun): void {
  expectDone(run, 0);
  expect(run.writes).toEqual([]);
}

/** Nothing but dry runs reached the cluster, and nothing the infra repository. */
export function expectRefused(
  run: DeployRun,
  wanted: { readonly code: number; readonly says: readonly string[] },
): void {
  expectCode(run, wanted.code);
  expect([run.writes, run.commits]).toEqual([[], 0]);
  for (const words of wanted.says) expect(run.stderr).toContain(words);
}
