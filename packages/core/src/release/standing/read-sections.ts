import { readChangelogLines } from '../read-changelog-lines';
import { changelogPath, maxBytesOf } from '../release-paths';
import { parseTagMessage } from '../commit-message';
import type { ShownTag, StandingRepository } from './ports';
import type { StandingRequest } from './standing';

const defaultChangelog = 'CHANGELOG.md';

/**
 * The sections of versions in the changelog at the head, where a tag itself says nothing of what is new: a lightweight
 * one does not. Empty where every tag has notes of its own.
 *
 * @throws DojoError as the repository is read.
 */
export async function readSections(
  { path }: StandingRequest,
  repository: StandingRepository,
  asked: {
    readonly head: string;
    /** Annotated ones. */
    readonly tags: readonly ShownTag[];
    /** Of versions, annotated and lightweight. */
    readonly count: number;
  },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const told = asked.tags.filter(
    ({ message }) => parseTagMessage(message).notes.trim() !== '',
  ).length;
  if (told >= asked.count) return new Map();
  const [file] = await repository.readFiles(
    asked.head,
    [changelogPath({ changelog: defaultChangelog, path })],
    maxBytesOf,
    signal,
  );
  return file.kind === 'text' ? sectionsOf(file.text) : new Map();
}

/** Texts below the headings of versions, by version. */
export function sectionsOf(text: string): Map<string, string> {
  const starts = readChangelogLines(text).filter(
    ({ version, kind }) => version !== undefined && kind === 'heading',
  );
  const sections = new Map<string, string>();
  starts.forEach(({ version, start }, at) => {
    const whole = text.slice(start, starts[at + 1]?.start);
    const below = whole.slice(whole.indexOf('\n') + 1);
    if (!sections.has(version!)) {
      const notes = whole.includes('\n') ? below.trim() : '';
      sections.set(version!, notes);
    }
  });
  return sections;
}
