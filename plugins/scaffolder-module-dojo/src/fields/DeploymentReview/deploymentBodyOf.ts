import type { DeploymentPlanBody } from 'backstage-plugin-dojo-common';
import { filledChoices } from '../filledChoices';

/** Which choice brings the version, by what the form says; what it holds of the others (of an old link, say) acts in none. */
const wishOf = {
  version: 'version',
  promote: 'promoteFrom',
  rollback: 'rollbackTo',
  prepare: 'prepare',
} as const;

/** What is chosen of a rollout; the field is empty where the environment's changes are not applied. */
const rolloutChoices = [
  'wait',
  'prune',
  'confirmPrune',
  'conflicts',
  'onFailure',
];

/** Options of {@link deploymentBodyOf}. */
export interface DeploymentBodyOptions {
  /** Whether host and storage of the form are part of it; default: where the form says so. */
  readonly overlay?: boolean;
}

/** The body of the plan route, from the form's data so far. Absent: something is not chosen yet. */
export function deploymentBodyOf(
  formData: unknown,
  options: DeploymentBodyOptions = {},
): DeploymentPlanBody | undefined {
  const form = (formData ?? {}) as Record<string, unknown>;
  const intent = intentIn(form);
  const wish = wishOf[intent];
  const { overlay = form.overlay === true } = options;
  const component = textOf(form.component);
  const environment = textOf(form.environment);
  // The choice alone says it.
  const version = wish === 'prepare' ? true : textOf(form[wish]);
  if (!component || !environment || !version) return undefined;
  return {
    component,
    environment,
    [wish]: version,
    ...(wish === 'version' && form.restore === true && { restore: true }),
    // What leads back leaves host and storage as they are.
    ...(overlay &&
      intent !== 'rollback' && {
        ...filledChoices(form, ['host']),
        ...storageIn(form),
      }),
    ...filledChoices(form.rollout, rolloutChoices),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function intentIn({ intent }: Record<string, unknown>): keyof typeof wishOf {
  return typeof intent === 'string' && Object.hasOwn(wishOf, intent)
    ? (intent as keyof typeof wishOf)
    : 'version';
}

/** Without a size there is nothing to ask for. */
function storageIn({
  storage,
}: Record<string, unknown>): Pick<DeploymentPlanBody, 'storage'> {
  const { size, ...others } = filledChoices(storage, ['size', 'class']);
  return typeof size === 'string' ? { storage: { size, ...others } } : {};
}
