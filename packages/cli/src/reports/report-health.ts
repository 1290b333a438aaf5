import type { ObjectHealth } from 'backstage-plugin-dojo-common';
import { reportSections } from './report-sections';
import { textTable } from './text-table';

const maxShown = 500;

/** The answer of `dojo health` as a person reads it: those that are not as they should be first, why, and a count. */
export function reportHealth(objects: readonly ObjectHealth[]): string {
  const isCurrent = ({ status }: ObjectHealth) => status === 'Current';
  const sorted = [
    ...objects.filter(object => !isCurrent(object)),
    ...objects.filter(isCurrent),
  ];
  const rows = sorted
    .slice(0, maxShown)
    .map(object => [
      object.status,
      identity(object),
      object.reason,
      object.message,
    ]);
  const more = objects.length - rows.length;
  return reportSections([
    [headline(objects.length, objects.filter(isCurrent).length)],
    rows.length === 0
      ? []
      : textTable(
          ['status', 'object', 'reason', 'message'].map(title => ({ title })),
          rows,
        ),
    more > 0 ? [`  … ${more} more`] : [],
  ]);
}

function headline(all: number, current: number): string {
  if (all === 0) return 'There are no objects';
  return `Current: ${current} of ${all} ${all === 1 ? 'object' : 'objects'}`;
}

function identity({ kind, namespace, name }: ObjectHealth): string {
  return [kind, namespace, name].filter(part => part !== undefined).join('/');
}
