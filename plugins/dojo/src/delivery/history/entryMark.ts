import type { HistoryEntry } from 'backstage-plugin-dojo-common';

/** What an entry is, in a word of the page. */
export type EntryWord =
  | 'released'
  | 'healthy'
  | 'failed'
  | 'superseded'
  | 'waiting'
  | 'landed'
  | 'rolledBack'
  | 'removed'
  | 'migrated'
  | 'restored'
  | 'rejected';

const shapes: Record<EntryWord, string> = {
  released: '◆',
  healthy: '●',
  failed: '▲',
  superseded: '○',
  waiting: '⏳',
  landed: '◌',
  rolledBack: '↶',
  removed: '○',
  migrated: '≡',
  restored: '⟲',
  rejected: '✕',
};

/** The shape and the word of an entry of the history. */
export function entryMark(entry: HistoryEntry): {
  readonly shape: string;
  readonly word: EntryWord;
} {
  const word = wordOf(entry);
  return { shape: shapes[word], word };
}

function wordOf(entry: HistoryEntry): EntryWord {
  switch (entry.kind) {
    case 'release':
      return 'released';
    case 'migration':
      return 'migrated';
    case 'restore':
      return 'restored';
    case 'rejection':
      return 'rejected';
    case 'failure':
      return 'failed';
    default:
      return deploymentWord(entry);
  }
}

function deploymentWord({
  change,
  outcome,
}: Extract<HistoryEntry, { kind: 'deployment' }>): EntryWord {
  if (outcome.kind === 'failed' || outcome.kind === 'waiting')
    return outcome.kind;
  if (change === 'removed') return 'removed';
  if (change === 'rollback') return 'rolledBack';
  return outcome.kind === 'not-observed' ? 'landed' : outcome.kind;
}
