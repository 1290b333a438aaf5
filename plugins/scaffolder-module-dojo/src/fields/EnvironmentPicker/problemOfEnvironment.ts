import type { Environment } from 'backstage-plugin-dojo-common';
import type { EnvironmentPurpose } from './environmentChoices';

/** Why a name in the form is no choice: the text that says so, and its words. */
export interface EnvironmentProblem {
  readonly title:
    | 'environmentPicker.unknown.title'
    | 'environmentPicker.unknown.noDatabase'
    | 'environmentPicker.unknown.noDeployment'
    | 'environmentPicker.unknown.noSource'
    | 'environmentPicker.unknown.notFirst';
  /** `names`: those that can be chosen. */
  readonly words: { readonly name: string; readonly names: string };
}

const unfit = {
  migrate: 'environmentPicker.unknown.noDatabase',
  deploy: 'environmentPicker.unknown.noDeployment',
  promote: 'environmentPicker.unknown.noSource',
  ship: 'environmentPicker.unknown.notFirst',
} as const;

/**
 * What is wrong with the name of an environment; absent: nothing, or there is no name yet.
 *
 * @param choices - the names that serve the purpose.
 */
export function problemOfEnvironment(
  name: string | undefined,
  all: readonly Environment[],
  choices: readonly string[],
  purpose: EnvironmentPurpose,
): EnvironmentProblem | undefined {
  if (name === undefined || name === '') return undefined;
  if (choices.includes(name)) return undefined;
  return {
    title: all.some(environment => environment.name === name)
      ? unfit[purpose]
      : 'environmentPicker.unknown.title',
    words: { name, names: choices.join(', ') },
  };
}
