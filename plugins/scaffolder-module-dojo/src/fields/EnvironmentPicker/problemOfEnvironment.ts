import type { Environment } from 'backstage-plugin-dojo-common';

/** Why a name in the form is no choice: the text that says so, and its words. */
export interface EnvironmentProblem {
  readonly title:
    | 'environmentPicker.unknown.title'
    | 'environmentPicker.unknown.noDatabase';
  /** `names`: those that can be chosen. */
  readonly words: { readonly name: string; readonly names: string };
}

/** What is wrong with the name of an environment; absent: nothing, or there is no name yet. */
export function problemOfEnvironment(
  name: string | undefined,
  all: readonly Environment[],
): EnvironmentProblem | undefined {
  if (name === undefined || name === '') return undefined;
  const choices = migratingEnvironments(all);
  if (choices.includes(name)) return undefined;
  return {
    title: all.some(environment => environment.name === name)
      ? 'environmentPicker.unknown.noDatabase'
      : 'environmentPicker.unknown.title',
    words: { name, names: choices.join(', ') },
  };
}

/** The names of the environments whose databases can be migrated, in their order. */
export function migratingEnvironments(all: readonly Environment[]): string[] {
  return all.filter(({ migrates }) => migrates).map(({ name }) => name);
}
