import { placeOfSource } from 'backstage-plugin-dojo-common';
import type { DeliverySource } from 'backstage-plugin-dojo-common';
import { clockTime } from 'dojo-portal-core/delivery';

const names: Readonly<Record<string, string>> = {
  repository: 'The repository',
  infra: 'The infra repository',
  registry: 'The registry',
  forge: 'The forge',
  tasks: 'The task list',
};

/** That a source does not answer: since when, why, and what to do. */
export function sourceLines(
  { id, state, asOf, error }: DeliverySource,
  now: Date,
): string[] {
  const hint = error ? [`  ${error.hint}`] : [];
  // A whole sentence says it all; a few words are the reason.
  if (error?.message.trimEnd().endsWith('.')) return [error.message, ...hint];
  const reason = error ? `: ${error.message}` : '';
  const since =
    state === 'late' && asOf
      ? `has not answered since ${clockTime(asOf, now)}`
      : 'has not answered yet';
  return [`${nameOf(id)} ${since}${reason}.`, ...hint];
}

function nameOf(id: string): string {
  const { kind, environment } = placeOfSource(id);
  return environment === '' ? names[kind] ?? id : `${environment}'s ${kind}`;
}
