import {
  FileDiff,
  maxAgentDiff,
  maxAgentSql,
} from 'backstage-plugin-dojo-common';

const max = { sql: maxAgentSql, diff: maxAgentDiff } as const;

/** A text under its name, and `cut` where it is longer than what an agent is shown. */
export function cutText<TName extends keyof typeof max>(
  text: string,
  name: TName,
): Record<TName, string> & { cut?: true } {
  const limit = max[name];
  return {
    ...({ [name]: text.slice(0, limit) } as Record<TName, string>),
    ...(text.length > limit && { cut: true as const }),
  };
}

const marks = { add: '+', remove: '-', context: ' ' } as const;

/** Differences as people write them, a file after the other. */
export function diffText(diffs: readonly FileDiff[]): string {
  return diffs
    .map(({ path, created, lines, omitted }) =>
      [
        `--- ${created ? '/dev/null' : path}`,
        `+++ ${path}`,
        ...lines.map(({ kind, text }) => `${marks[kind]}${text}`),
        ...(omitted > 0 ? [`(${omitted} lines more)`] : []),
      ].join('\n'),
    )
    .join('\n');
}
