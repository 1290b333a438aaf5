import {
  hasDatabase,
  leftAloneIn,
  mainFactOf,
  staleSourceOf,
  wantedBesides,
} from 'backstage-plugin-dojo-common';
import type {
  DatabaseFact,
  DeliveryDrift,
  DeliveryEnvironment,
  DeliveryHealthKind,
  DeliverySource,
  DeliveryWanted,
  WaitingChange,
} from 'backstage-plugin-dojo-common';
import {
  clockTime,
  levelName,
  outdatedSentence,
  personName,
} from 'dojo-portal-core/delivery';

/** The shapes and words of the page. */
const marks: Readonly<Record<DeliveryHealthKind, string>> = {
  healthy: '● Healthy',
  'rolling-out': '◐ Rolling out',
  failed: '▲ Failed',
  down: '▲ Down',
  stopped: '■ Stopped',
  'not-deployed': '○ Not deployed',
  unknown: '? Unknown',
  'not-observed': '◌ Not observed',
};

/** One environment: its state and what runs there in its first line, then what is wanted, its database, and what waits. */
export function environmentLines(
  environment: DeliveryEnvironment,
  sources: readonly DeliverySource[],
  now: Date,
): string[] {
  const { name, title, running, waiting, drift, frozen } = environment;
  const { behind } = environment;
  const stale = staleSourceOf(environment, sources);
  return [
    `${title ?? name}: ${stateOf(environment, now)}, ${mainOf(environment)}`,
    ...[
      stale?.asOf && `as of ${clockTime(stale.asOf, now)}`,
      wantedOf(environment, now),
      running.kind === 'nothing' && running.last && `last ran ${running.last}`,
      running.kind === 'version' &&
        running.ready !== running.of &&
        `${running.ready} of ${running.of} ready`,
      hasDatabase(environment, sources) && databaseOf(environment, sources),
      ...(waiting ? waitingOf(waiting, now) : []),
      drift.kind === 'drifted' && `≠ Drifted: ${driftOf(drift, now)}`,
      ...leftAloneIn(drift).map(({ sentence }) => sentence),
      frozen && `❄ ${frozen.sentence}`,
      behind.kind === 'behind' &&
        behind.versions > 0 &&
        `${counted(behind.versions, 'release')} behind`,
    ]
      .filter(text => typeof text === 'string')
      .map(text => `  ${text}`),
  ];
}

function stateOf({ name, health }: DeliveryEnvironment, now: Date): string {
  const mark = marks[health.kind];
  if (health.kind === 'not-observed') return `${mark}: ${name} has no cluster`;
  if (health.kind === 'unknown' || health.kind === 'healthy') return mark;
  const why = health.sentence ? `: ${health.sentence.replace(/\.$/, '')}` : '';
  const since = health.since ? ` since ${clockTime(health.since, now)}` : '';
  return `${mark}${since}${why}`;
}

function mainOf(environment: DeliveryEnvironment): string {
  const main = mainFactOf(environment);
  switch (main.kind) {
    case 'versions':
      return main.versions.join(' and ');
    case 'nothing':
      return 'nothing runs';
    case 'empty':
      return 'no version';
    default:
      return 'version unknown';
  }
}

function wantedOf(environment: DeliveryEnvironment, now: Date): string {
  const { wanted } = environment;
  switch (wanted.kind) {
    case 'version': {
      const besides = wantedBesides(environment);
      const what = besides === undefined ? '' : `wanted ${besides}, `;
      return `${what}landed ${landedOf(wanted, now)}`;
    }
    case 'nothing': {
      const { removed, prepared } = wanted;
      if (removed) {
        const who = personName(removed.by) ?? 'somebody';
        return `Its overlay was removed by ${who} ${clockTime(
          removed.at,
          now,
        )}`;
      }
      return prepared
        ? 'Its overlay waits for the first version.'
        : 'No overlay yet';
    }
    case 'unreadable':
      return wanted.sentence;
    default:
      return 'What git wants is unknown';
  }
}

function landedOf(
  { at, by, mergedBy, change }: Extract<DeliveryWanted, { kind: 'version' }>,
  now: Date,
): string {
  const who = mergedBy
    ? `, merged by ${personName(mergedBy)}`
    : by && ` by ${personName(by)}`;
  return `${clockTime(at, now)}${who ?? ''}${
    change === 'rollback' ? ', rolled back' : ''
  }`;
}

function databaseOf(
  { name, database, wanted }: DeliveryEnvironment,
  sources: readonly DeliverySource[],
): string {
  switch (database.kind) {
    case 'level':
      return levelOf(
        database,
        wanted.kind === 'version' ? wanted.version : undefined,
      );
    case 'migrating':
      return 'The database is being migrated';
    default: {
      const { error } =
        sources.find(({ id }) => id === `database:${name}`) ?? {};
      return `Database unknown${error ? `: ${error.message}` : ''}`;
    }
  }
}

function levelOf(
  database: Extract<DatabaseFact, { kind: 'level' }>,
  version: string | undefined,
): string {
  const { at, needs, pending, omitted = 0, next, ahead } = database;
  const { provenBy, breakingPending } = database;
  const count = pending.length + omitted;
  const needed = (by: string, level: string, of: number) =>
    `${by} needs ${levelName(level)}: ${counted(of, 'migration')} pending`;
  return [
    at === 'empty' ? 'Database empty' : `Database ${levelName(at)}`,
    count > 0 &&
      (needs && version ? needed(version, needs, count) : `${count} pending`),
    count === 0 && next && needed(next.version, next.needs, next.pending),
    ahead && `newer than ${version ?? 'the wanted version'} knows`,
    provenBy && `or later: ${provenBy} was ready with it`,
    breakingPending && 'breaking',
  ]
    .filter(text => typeof text === 'string')
    .join(', ');
}

function waitingOf(waiting: WaitingChange, now: Date): string[] {
  const { kind, version = 'a change', since, requestedBy, url } = waiting;
  const time = clockTime(since, now);
  const who = personName(requestedBy);
  const by = who === undefined ? '' : ` by ${who}`;
  return [
    kind === 'controller'
      ? `⏳ ${version} waits for its controller since it landed ${time}`
      : `⏳ ${version} waits for a merge, requested${by} ${time}`,
    ...(waiting.outdated ? [`  ${outdatedSentence(waiting)}`] : []),
    ...(url === undefined ? [] : [`  ${url}`]),
  ];
}

function driftOf(
  { fields, omitted }: Extract<DeliveryDrift, { kind: 'drifted' }>,
  now: Date,
): string {
  const all = fields.length + omitted;
  const parts = fields.map(
    ({ object, field, live, wanted }, at) =>
      `${
        fields[at - 1]?.object === object ? '' : `${object} `
      }${field} ${live} instead of ${wanted}`,
  );
  const more = omitted > 0 ? [`and ${omitted} more`] : [];
  const managers = [...new Set(fields.map(({ manager }) => manager))];
  const at = fields
    .flatMap(field => field.at ?? [])
    .sort()
    .at(-1);
  const when = at === undefined ? '' : ` ${clockTime(at, now)}`;
  return `${counted(all, 'field')} ${
    all === 1 ? 'differs' : 'differ'
  } from git: ${[...parts, ...more].join(', ')}, changed by ${managers.join(
    ' and ',
  )}${when}.`;
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
