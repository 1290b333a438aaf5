import type { ComponentFacts, DatabaseFacts, EndedRun } from '../facts';

/**
 * The facts with the task of each release, migration and landing: the one that carried out the plan which the tag, the row
 * or the commit records. A release is then its requester's, where its tag knows the portal alone. Pure and total.
 */
export function withRuns(facts: ComponentFacts): ComponentFacts {
  const { ended = [], repository, infra, databases } = facts;
  if (ended.length === 0) return facts;
  const byPlan = new Map<string, EndedRun>();
  // They are newest first: of two that carried out one plan, the later one found it done.
  for (const run of ended) {
    for (const planHash of run.planHashes) byPlan.set(planHash, run);
  }
  const runOf = ({ planHash }: { readonly planHash?: string }) =>
    planHash === undefined ? undefined : byPlan.get(planHash);
  const withRun = <T extends { readonly planHash?: string }>(made: T): T => {
    const run = runOf(made);
    return run === undefined ? made : { ...made, run: run.id };
  };
  return {
    ...facts,
    ...(repository.kind === 'repository' && {
      repository: {
        ...repository,
        releases: repository.releases.map(release => {
          const by = runOf(release)?.by;
          return { ...withRun(release), ...(by && { by }) };
        }),
      },
    }),
    ...(infra.kind === 'infra' && {
      infra: { ...infra, landings: infra.landings.map(withRun) },
    }),
    databases: Object.fromEntries(
      Object.entries(databases).map(
        ([name, database]): [string, DatabaseFacts] => [
          name,
          { ...database, applied: database.applied.map(withRun) },
        ],
      ),
    ),
  };
}
