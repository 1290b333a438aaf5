import type {
  DeliveryEnvironment,
  DeliveryMove,
} from 'backstage-plugin-dojo-common';
import { cannotRun } from '../actions/roll-back-targets';
import type { ComponentFacts, ReleasedVersion } from '../facts';
import type { DeliveryCaller, DeliveryRules } from '../rules';
import { readState } from '../state/delivery-state';
import type { DeliveryState } from '../state/delivery-state';
import { bareVersion } from '../state/versions';
import { levelName, personName } from '../words/clauses';
import { changesOnlyIn, comingChanges, leavingChanges } from './moved-changes';

/** What is asked of {@link moveOf}. */
export interface MoveQuestion {
  readonly environment: string;
  /** Version or tag. */
  readonly version: string;
  /** Version or tag that is there, by a plan; absent: what git wants as far as it was read. */
  readonly from?: string;
  /** Whether it is gone back to. */
  readonly isRollback: boolean;
}

/**
 * What a version would change in an environment: which changes come and which leave, what becomes of the database, and who
 * has to land it. Pure; of a version or an environment that is not known it says nothing.
 */
export function moveOf(
  facts: ComponentFacts,
  rules: DeliveryRules,
  caller: Pick<DeliveryCaller, 'ref'>,
  { environment: name, version, from: planned, isRollback }: MoveQuestion,
): DeliveryMove {
  const state = readState(facts, rules);
  const { versions } = state;
  const environment = state.environments.find(each => each.name === name);
  const release = versions.named(version);
  const { there, isKnown } = whatIsThere(environment, planned);
  const before = versions.named(there);
  const from = before?.version ?? there;
  const to = release?.version ?? bareVersion(version);
  const isBelow = from !== undefined && versions.compare(to, from) < 0;
  const isComparable =
    release !== undefined && isKnown && from === before?.version;
  const comes = isComparable
    ? comingChanges(changesOnlyIn(to, before?.version, versions))
    : undefined;
  const leaves =
    isComparable && before !== undefined
      ? leavingChanges(changesOnlyIn(before.version, to, versions))
      : undefined;
  const database =
    environment &&
    release &&
    databaseSentence(state, environment, release, isBelow && !isRollback);
  const landing = environment && landingSentence(environment, caller);
  return {
    environment: name,
    version: to,
    ...(from !== undefined && { from }),
    isBelow,
    ...(comes && { comes }),
    ...(leaves && { leaves }),
    ...(database !== undefined && { database }),
    ...(landing !== undefined && { landing }),
  };
}

/** The version that is there; where it is not known, nothing is compared with it. */
function whatIsThere(
  environment: DeliveryEnvironment | undefined,
  planned: string | undefined,
): { readonly there?: string; readonly isKnown: boolean } {
  if (planned !== undefined) {
    return { there: bareVersion(planned), isKnown: true };
  }
  const wanted = environment?.wanted;
  if (wanted?.kind === 'nothing') return { isKnown: true };
  if (wanted?.kind !== 'version' || wanted.version === undefined) {
    return { isKnown: false };
  }
  return { there: wanted.version, isKnown: true };
}

/** `saysWhy`: of a version that is below the one there it is said that it can run on what is there. */
function databaseSentence(
  state: DeliveryState,
  environment: DeliveryEnvironment,
  release: ReleasedVersion,
  saysWhy: boolean,
): string | undefined {
  const { name, database, observed } = environment;
  const { version, needs } = release;
  if (needs === undefined) return undefined;
  switch (database.kind) {
    case 'migrating':
      return undefined;
    case 'level': {
      const block = cannotRun(release, state, environment);
      if (block !== undefined) return block.sentence;
      if (database.at === 'empty') return undefined;
      const stays = `Database stays at ${levelName(database.at)}`;
      return saysWhy ? `${stays}, which ${version} can run on.` : `${stays}.`;
    }
    default:
      return `Not checked: the database of ${name}${
        observed ? '' : ' (no cluster)'
      }. ${version} needs ${levelName(needs)}.`;
  }
}

function landingSentence(
  { approval }: DeliveryEnvironment,
  { ref }: Pick<DeliveryCaller, 'ref'>,
): string | undefined {
  if (!approval) return undefined;
  const who = ref === undefined ? undefined : personName({ name: ref });
  return `Lands when somebody${
    who === undefined ? ' else' : ` other than ${who}`
  } merges it.`;
}
