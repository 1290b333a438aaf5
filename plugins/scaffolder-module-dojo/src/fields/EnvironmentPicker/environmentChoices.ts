import type { Environment } from 'backstage-plugin-dojo-common';

/**
 * What an environment is chosen for; `promote`: as the one whose version is taken over; `ship`: as the one that new versions
 * come to first.
 */
export const environmentPurposes = [
  'migrate',
  'deploy',
  'promote',
  'ship',
] as const;
export type EnvironmentPurpose = (typeof environmentPurposes)[number];

/**
 * The names of the environments that serve a purpose, in their order.
 *
 * @param target - the environment that is promoted to: it is no source of itself, and may say which one is.
 */
export function environmentChoices(
  all: readonly Environment[],
  purpose: EnvironmentPurpose,
  target?: string,
): string[] {
  if (purpose === 'migrate') return namesOf(all.filter(e => e.migrates));
  if (purpose === 'ship') {
    return namesOf(
      all.filter(
        ({ promotesFrom, deploys, migrates }) =>
          promotesFrom === undefined && (deploys || migrates),
      ),
    );
  }
  const deploying = all.filter(({ deploys }) => deploys);
  if (purpose === 'deploy') return namesOf(deploying);
  const source = all.find(({ name }) => name === target)?.promotesFrom;
  return namesOf(deploying).filter(
    name => name !== target && (source === undefined || name === source),
  );
}

function namesOf(environments: readonly Environment[]): string[] {
  return environments.map(({ name }) => name);
}
