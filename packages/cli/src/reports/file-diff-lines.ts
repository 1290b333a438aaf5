import type { FileDiff } from 'backstage-plugin-dojo-common';

const signs = { context: ' ', add: '+', remove: '-' } as const;

/** A file's change as a person reads it, with an empty line behind it. */
export function fileDiffLines({
  path,
  created,
  lines,
  omitted,
}: FileDiff): string[] {
  return [
    `${path}${created ? ' (new)' : ''}`,
    ...lines.map(({ kind, text }) => `  ${signs[kind]}${text}`),
    ...(omitted > 0 ? [`  … ${omitted} more lines`] : []),
    '',
  ];
}
