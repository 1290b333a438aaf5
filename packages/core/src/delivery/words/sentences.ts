import type {
  DeliveryWanted,
  WaitingChange,
} from 'backstage-plugin-dojo-common';
import { asClause, personName } from './clauses';

const shownDigits = 6;
const shownCommit = 7;

/** `staging's overlay cannot be read: kustomization.yaml line 7, tab in indentation (commit 8be1a02 by guest).` */
export function unreadableSentence(
  environment: string,
  {
    path,
    line,
    sentence,
    commit,
    by,
  }: Extract<DeliveryWanted, { kind: 'unreadable' }>,
): string {
  const file = path.split('/').at(-1);
  const at = line === undefined ? '' : ` line ${line}`;
  const who = personName(by);
  return `${environment}'s overlay cannot be read: ${file}${at}, ${asClause(
    sentence,
  )} (commit ${commit.slice(0, shownCommit)}${
    who === undefined ? '' : ` by ${who}`
  }).`;
}

/** `v0.2.0 was moved from 1b77e0… to 44ac10…; it is not deployed any more.` */
export function movedSentence(
  tag: string,
  { from, to }: { readonly from: string; readonly to: string },
): string {
  const cut = (sha: string) => `${sha.slice(0, shownDigits)}…`;
  return `${tag} was moved from ${cut(from)} to ${cut(
    to,
  )}; it is not deployed any more.`;
}

/** `staging now runs 0.4.1. This change still brings 0.4.0.` */
export function outdatedSentence({
  version,
  outdated,
}: Pick<WaitingChange, 'version' | 'outdated'>): string {
  return outdated === undefined
    ? ''
    : `${outdated.source} now runs ${
        outdated.version
      }. This change still brings ${version ?? 'what it brought'}.`;
}
