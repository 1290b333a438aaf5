import type { ConventionalCommit, MessageParts } from './parse-commit';

/** What a commit says that it reverts. Without any of the three it reverts something unnamed. */
export interface RevertClaim {
  /** Full or abbreviated (seven digits or more), lower case. */
  readonly shas: readonly string[];
  readonly pullRequest?: number;
  /** Subject of the reverted commit. */
  readonly subject?: string;
}

const gitRevertPattern = /^(Revert|Reapply) "(.+)"(?: \(#\d+\))?$/;
const sentencePattern = /\bThis reverts commits?\s/gi;
const pullRequestPattern = /^Reverts (?:[\w.-]+\/[\w.-]+)?#(\d{1,9})\b/im;
const shaPattern = /(?<![\w#])[0-9a-f]{7,64}(?!\w)/gi;
const listPattern = /^(?:,?\s|\sand\s|,?\sand\s)$/;
const revertFooters: readonly string[] = ['ref', 'refs', 'revert', 'reverts'];
// So many sentences, and so much text of each: enough for a hundred hashes, so that reading a huge message stays quick.
const sentenceLimit = 100;
const sentenceLength = 8_192;

/**
 * Recognises a revert: type `revert`, git's `Revert "…"` and `Reapply "…"` (which reverts a revert), with or without
 * GitHub's pull request number. Other commits revert nothing, whatever they tell in prose.
 */
export function parseRevert(
  { subject, rest }: MessageParts,
  parsed: ConventionalCommit | undefined,
): RevertClaim | undefined {
  const reverted = revertedSubject(subject, parsed);
  if (reverted === undefined) return undefined;
  const pullRequest = pullRequestPattern.exec(rest)?.[1];
  return {
    shas: [...new Set([...footerShas(parsed), ...sentenceShas(rest)])],
    ...(pullRequest !== undefined && { pullRequest: Number(pullRequest) }),
    subject: reverted,
  };
}

/** Number of the pull request that a commit came by: `… (#12)`, or GitHub's merge commit. */
export function pullRequestOf(subject: string): number | undefined {
  const match =
    /\(#(\d{1,9})\)$/.exec(subject) ??
    /^Merge pull request #(\d{1,9}) /.exec(subject);
  return match ? Number(match[1]) : undefined;
}

/** A squash merge's subject as its author wrote it. */
export function withoutPullRequest(subject: string): string {
  return subject.replace(/ \(#\d{1,9}\)$/, '');
}

function revertedSubject(
  subject: string,
  parsed: ConventionalCommit | undefined,
): string | undefined {
  const text = parsed?.type === 'revert' ? parsed.description : subject;
  const git = gitRevertPattern.exec(text);
  if (git) return git[1] === 'Reapply' ? `Revert "${git[2]}"` : git[2];
  if (parsed?.type !== 'revert') return undefined;
  const quoted = /^"(.+)"(?: \(#\d+\))?$/.exec(text);
  return quoted ? quoted[1] : text;
}

function footerShas(parsed: ConventionalCommit | undefined): string[] {
  if (parsed?.type !== 'revert') return [];
  return parsed.footers
    .filter(({ token }) => revertFooters.includes(token.toLowerCase()))
    .flatMap(({ value }) => value.match(shaPattern) ?? [])
    .map(sha => sha.toLowerCase());
}

function sentenceShas(rest: string): string[] {
  const shas: string[] = [];
  let sentences = 0;
  for (const match of rest.matchAll(sentencePattern)) {
    const start = match.index + match[0].length;
    shas.push(...leadingShas(rest.slice(start, start + sentenceLength)));
    sentences += 1;
    if (sentences === sentenceLimit) break;
  }
  return shas;
}

/** The hashes that a text begins with: one, or several parted by commas and `and`. */
function leadingShas(text: string): string[] {
  const shas: string[] = [];
  let end = 0;
  for (const match of text.matchAll(shaPattern)) {
    const between = text.slice(end, match.index).replace(/\s+/g, ' ');
    if (shas.length === 0 ? between.trim() !== '' : !listPattern.test(between))
      break;
    shas.push(match[0].toLowerCase());
    end = match.index + match[0].length;
  }
  return shas;
}
