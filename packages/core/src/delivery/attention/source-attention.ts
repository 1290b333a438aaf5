import type {
  DeliveryAttention,
  DeliverySource,
} from 'backstage-plugin-dojo-common';
import { asClause } from '../words/clauses';
import { clockTime, millisOf } from '../words/clock-time';
import { sinceOf } from './attention-ground';
import type { AttentionGround } from './attention-ground';

const lateMs = 10 * 60_000;

/** Rank 7: a source that has been silent for more than ten minutes, or never answered. */
export function sourceAttention({
  state: { sources },
  now,
}: AttentionGround): DeliveryAttention[] {
  const late = sources.filter(source => isSilent(source, now));
  const isRestCurrent = sources.every(
    source => late.includes(source) || source.state !== 'failed',
  );
  return late.map(source => ({
    rank: 7,
    code: source.asOf === undefined ? 'SOURCE_NEVER_READ' : 'SOURCE_LATE',
    ...environmentOf(source),
    since: sinceOf([source.asOf], now),
    sentence: `${sourceSentence(source, now)}${
      late.length === 1 && isRestCurrent && source.asOf !== undefined
        ? ' The rest is current.'
        : ''
    }`,
    hint: source.error?.hint ?? 'Its last facts stay until it answers again.',
  }));
}

function isSilent(source: DeliverySource, now: Date): boolean {
  if (source.state === 'failed') return true;
  return (
    source.state === 'late' &&
    source.asOf !== undefined &&
    now.getTime() - millisOf(source.asOf) > lateMs
  );
}

/** `staging's cluster has not answered since 14:02: connection refused.` */
export function sourceSentence(
  { id, asOf, error }: DeliverySource,
  now: Date,
): string {
  // A whole sentence says it all; a few words are its reason.
  if (error !== undefined && isSentence(error.message)) return error.message;
  const since =
    asOf === undefined
      ? 'has never answered'
      : `has not answered since ${clockTime(asOf, now)}`;
  return `${sourceName(id)} ${since}${
    error === undefined ? '' : `: ${asClause(error.message)}`
  }.`;
}

function isSentence(text: string): boolean {
  return text.trimEnd().endsWith('.');
}

/** `staging's cluster`, `The infra repository` */
export function sourceName(id: DeliverySource['id']): string {
  const { kind, environment } = partsOf(id);
  switch (kind) {
    case 'cluster':
      return `${environment}'s cluster`;
    case 'database':
      return `${environment}'s database`;
    case 'repository':
      return 'The repository';
    case 'infra':
      return 'The infra repository';
    case 'registry':
      return 'The registry';
    case 'forge':
      return 'The forge';
    default:
      return 'The list of tasks';
  }
}

function environmentOf({ id }: DeliverySource) {
  const { environment } = partsOf(id);
  return environment === undefined ? {} : { environment };
}

function partsOf(id: string) {
  const colon = id.indexOf(':');
  return colon < 0
    ? { kind: id, environment: undefined }
    : { kind: id.slice(0, colon), environment: id.slice(colon + 1) };
}
