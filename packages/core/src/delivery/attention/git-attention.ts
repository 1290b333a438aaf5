import type {
  DeliveryAttention,
  DeliveryDrift,
  DeliveryEnvironment,
} from 'backstage-plugin-dojo-common';
import { counted, personName } from '../words/clauses';
import { levelName } from '../words/clauses';
import {
  movedSentence,
  outdatedSentence,
  unreadableSentence,
} from '../words/sentences';
import { actionOf, sinceOf } from './attention-ground';
import type { AttentionGround } from './attention-ground';

/** Rank 2: a release that was cut. Rank 3: a tag that was moved. */
export function releaseAttention(ground: AttentionGround): DeliveryAttention[] {
  const { state } = ground;
  const moved = state.versions.all.filter(each => each.moved !== undefined);
  const [newest] = state.versions.all;
  const unfinished: DeliveryAttention[] =
    newest === undefined || newest.unfinished.length === 0
      ? []
      : [
          {
            rank: 2,
            code: 'RELEASE_UNFINISHED',
            since: newest.at,
            sentence: `The release of ${
              newest.version
            } is unfinished: ${newest.unfinished.join(', ')}.`,
            hint: 'Release it again: what is done already is left as it is.',
            ...mainRelease(ground),
          },
        ];
  return [
    ...unfinished,
    ...moved.map(
      (release): DeliveryAttention => ({
        rank: 3,
        code: 'TAG_MOVED',
        since: release.at,
        sentence: movedSentence(release.tag, release.moved!),
        hint: 'Put the tag back, or release what is there now as a new version.',
      }),
    ),
  ];
}

function mainRelease({ actions }: AttentionGround) {
  return actions.some(({ id }) => id === 'release')
    ? { action: 'release' as const }
    : {};
}

/** Rank 3: an overlay that nobody can read. */
export function overlayAttention(
  { state, now }: AttentionGround,
  { name, wanted }: DeliveryEnvironment,
): DeliveryAttention[] {
  if (wanted.kind !== 'unreadable') return [];
  const landing = state.chains
    .get(name)
    ?.findLast(each => each.landing.commit === wanted.commit)?.landing;
  return [
    {
      rank: 3,
      code: 'OVERLAY_UNREADABLE',
      environment: name,
      since: sinceOf([landing?.at], now),
      sentence: unreadableSentence(name, wanted),
      hint: 'Mend the file and push it; the page shows it by itself.',
    },
  ];
}

/** Rank 4: the cluster has something else than git says. When it was changed is `since`. */
export function driftAttention(
  ground: AttentionGround,
  { name, drift, running }: DeliveryEnvironment,
): DeliveryAttention[] {
  if (drift.kind !== 'drifted' || drift.fields.length === 0) return [];
  const latest = drift.fields
    .map(({ at }) => at)
    .filter(at => at !== undefined)
    .sort()
    .at(-1);
  return [
    {
      rank: 4,
      code: 'DRIFTED',
      environment: name,
      since: sinceOf(
        [latest, running.kind === 'version' ? running.since : undefined],
        ground.now,
      ),
      sentence: driftSentence(drift),
      hint: 'Deploy the version again to bring it back, or change the overlay.',
      ...actionOf(ground, ['deploy'], name),
    },
  ];
}

const shownFields = 5;

/**
 * `2 fields differ from git: Deployment/ledger replicas 2 instead of 1, image :test instead of sha256:9f2c41…, changed by
 * kubectl.`
 */
export function driftSentence({
  fields,
  omitted,
}: Extract<DeliveryDrift, { kind: 'drifted' }>): string {
  const count = fields.length + omitted;
  const parts = fields.slice(0, shownFields).map((each, at) => {
    const isSame = at > 0 && fields[at - 1].object === each.object;
    const live = shortValue(each.live);
    return `${isSame ? '' : `${each.object} `}${
      each.field
    } ${live} instead of ${shortValue(each.wanted)}`;
  });
  const more = count - parts.length;
  const managers = [...new Set(fields.map(({ manager }) => manager))];
  const by = managers.length === 1 ? `, changed by ${managers[0]}` : '';
  return `${counted(count, 'field differs', 'fields differ')} from git: ${[
    ...parts,
    ...(more > 0 ? [`${more} more`] : []),
  ].join(', ')}${by}.`;
}

const maxValue = 60;

/** An image by what differs in it: its digest, cut, or its tag. */
function shortValue(value: string): string {
  const digest = /sha256:([0-9a-f]{6})[0-9a-f]{58}$/.exec(value)?.[1];
  if (digest !== undefined) return `sha256:${digest}…`;
  const tag = /^[^\s:@]+(?::\d+)?\/[^\s:@]+(:[\w.-]+)$/.exec(value)?.[1];
  const shown = tag ?? value;
  return shown.length > maxValue ? `${shown.slice(0, maxValue)}…` : shown;
}

/** Rank 5: a change waits for somebody to merge it. */
export function waitingAttention(
  ground: AttentionGround,
  { name, waiting }: DeliveryEnvironment,
): DeliveryAttention[] {
  if (waiting?.kind !== 'merge') return [];
  const { version, since, requestedBy, outdated } = waiting;
  const who = personName(requestedBy);
  return [
    {
      rank: 5,
      code: outdated === undefined ? 'WAITS_FOR_MERGE' : 'WAITS_OUTDATED',
      environment: name,
      since,
      sentence: `${version ?? 'A change'} waits for a merge${
        who === undefined ? '' : `, requested by ${who}`
      }.`,
      hint:
        outdated === undefined
          ? `It lands in ${name} when somebody else than who asked for it merges it.`
          : outdatedSentence(waiting),
      ...actionOf(ground, ['merge'], name),
    },
  ];
}

/** Rank 6: the wanted version needs what the database lacks. */
export function pendingAttention(
  ground: AttentionGround,
  { name, wanted, database }: DeliveryEnvironment,
): DeliveryAttention[] {
  if (database.kind !== 'level' || database.pending.length === 0) return [];
  if (wanted.kind !== 'version') return [];
  const { at, needs, pending, omitted = 0 } = database;
  const level = at === 'empty' ? 'Database empty' : `Database ${levelName(at)}`;
  return [
    {
      rank: 6,
      code: 'MIGRATION_PENDING',
      environment: name,
      since: wanted.at,
      sentence: `${level}, ${wanted.version ?? 'the version'} needs ${levelName(
        needs ?? pending[pending.length - 1],
      )}: ${counted(pending.length + omitted, 'migration')} pending.`,
      hint: `Migrate ${name} first, or choose Migrate and deploy.`,
      ...actionOf(ground, ['migrate'], name),
    },
  ];
}
