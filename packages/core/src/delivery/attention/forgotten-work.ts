import type {
  DeliveryAttention,
  DeliveryEnvironment,
} from 'backstage-plugin-dojo-common';
import { counted } from '../words/clauses';
import { dayMs, millisOf } from '../words/clock-time';
import { actionOf } from './attention-ground';
import type { AttentionGround } from './attention-ground';

const patienceMs = 14 * dayMs;

/** Rank 8: commits that count, and wait for a release for more than 14 days. */
export function unreleasedAttention(
  ground: AttentionGround,
): DeliveryAttention[] {
  const { state, now } = ground;
  const [line] = state.lines;
  if (line === undefined || line.counting === 0) return [];
  const oldest = line.commits
    .filter(({ level }) => level !== 'none')
    .map(({ at }) => at)
    .sort((a, b) => millisOf(a) - millisOf(b))
    .at(0);
  if (oldest === undefined || !isForgotten(oldest, now)) return [];
  const has = ground.actions.some(({ id }) => id === 'release');
  return [
    {
      rank: 8,
      code: 'UNRELEASED',
      since: oldest,
      sentence: `${counted(line.count, 'commit')} unreleased${
        line.next === undefined ? '' : `, next ${line.next.version}`
      }.`,
      hint: 'Release them, or say in the repository why they wait.',
      ...(has && { action: 'release' }),
    },
  ];
}

/** Rank 8: a version that has been well in the environment before for more than 14 days, and was not taken over. */
export function unpromotedAttention(
  ground: AttentionGround,
  { name, promotesFrom, wanted, waiting }: DeliveryEnvironment,
): DeliveryAttention[] {
  const { state, now } = ground;
  const source = state.environments.find(each => each.name === promotesFrom);
  if (source?.wanted.kind !== 'version' || waiting !== undefined) return [];
  const { version, at } = source.wanted;
  const isWell =
    source.health.kind === 'healthy' || source.health.kind === 'not-observed';
  if (version === undefined || !isWell || !isForgotten(at, now)) return [];
  if (wanted.kind !== 'version' || wanted.version === undefined) return [];
  if (state.versions.compare(version, wanted.version) <= 0) return [];
  return [
    {
      rank: 8,
      code: 'UNPROMOTED',
      environment: name,
      since: at,
      sentence: `${version} is in ${source.name} and was not promoted to ${name}.`,
      hint: `Promote it, or deploy to ${source.name} what ${name} is to get.`,
      ...actionOf(ground, ['promote'], name),
    },
  ];
}

function isForgotten(at: string, now: Date): boolean {
  return now.getTime() - millisOf(at) > patienceMs;
}
