import type {
  DeliveryAction,
  DeliveryEnvironment,
} from 'backstage-plugin-dojo-common';
import type { ReleasedVersion } from '../facts';
import type {
  DeliveryCaller,
  DeliveryRules,
  RuleEnvironment,
  TemplateVerb,
} from '../rules';
import type { DeliveryState } from '../state/delivery-state';
import type { ActionLabel } from './labels';

/** Why a verb is held back. */
export type Block = Exclude<DeliveryAction['state'], 'ready'>;

/** What actions are planned from. */
export interface ActionGround {
  readonly state: DeliveryState;
  readonly rules: DeliveryRules;
  readonly caller: DeliveryCaller;
  readonly now: Date;
}

/** An environment as it is, and as the rules have it. */
export interface PlannedEnvironment {
  readonly rule: RuleEnvironment;
  readonly environment: DeliveryEnvironment;
}

/** A verb that goes to a template. */
export interface TemplateAction {
  readonly id: DeliveryAction['id'];
  readonly template: TemplateVerb;
  readonly environment?: string;
  readonly branch?: string;
  readonly version?: string;
  readonly label: ActionLabel;
  /** Beside the component. */
  readonly formData?: Readonly<Record<string, unknown>>;
  /** The gravest first; undefined ones do not hold it back. */
  readonly blocks: readonly (Block | undefined)[];
}

/** The action, or none where nobody has set up a template for it. */
export function templateAction(
  { state, rules }: ActionGround,
  action: TemplateAction,
): DeliveryAction[] {
  const template = rules.templates[action.template];
  if (template === undefined) return [];
  const { id, environment, branch, version, label, formData, blocks } = action;
  return [
    {
      id,
      ...(environment !== undefined && { environment }),
      ...(branch !== undefined && { branch }),
      ...(version !== undefined && { version }),
      label,
      to: {
        template,
        formData: {
          component: state.component,
          ...(environment !== undefined && { environment }),
          ...formData,
        },
      },
      state: firstOf(blocks),
    },
  ];
}

/** Held back by the first that holds. */
export function firstOf(
  blocks: readonly (Block | undefined)[],
): DeliveryAction['state'] {
  return blocks.find(block => block !== undefined) ?? 'ready';
}

/** As the forms name a version: by its tag. */
export function tagOf(
  release: Pick<ReleasedVersion, 'tag'> | undefined,
  version: string,
): string {
  return release?.tag ?? version;
}
