import type { DeliveryLine, WaitingCommit } from '../delivery';
import { before } from './delivery-time';
import { objectId } from './object-id';

/** A commit that waits for a release and counts as a fix. */
export function waitingCommit(
  sha: string,
  subject: string,
  changes: Partial<WaitingCommit> = {},
): WaitingCommit {
  return {
    sha: objectId(sha),
    subject,
    author: 'priya',
    at: before(2, 'd'),
    level: 'patch',
    reason: 'fix',
    breaking: false,
    url: `https://forge.example/acme/ledger/commit/${sha}`,
    ...changes,
  };
}

/** The release branch of ledger with three commits, two of which count. */
export function deliveryLine(
  changes: Partial<DeliveryLine> = {},
): DeliveryLine {
  return {
    branch: 'main',
    head: objectId('a41d9e2'),
    commits: [
      waitingCommit('a41d9e2', 'feat(budget): carry over last month', {
        level: 'minor',
        reason: 'feat',
        pr: { number: 52, url: 'https://forge.example/acme/ledger/pulls/52' },
      }),
      waitingCommit('9be1d52', 'fix(import): empty lines', { author: 'sam' }),
      waitingCommit('33fa77b', 'docs: how to import', {
        level: 'none',
        reason: 'docs does not count',
        author: 'sam',
      }),
    ],
    omitted: 0,
    count: 3,
    counting: 2,
    breaking: 0,
    next: {
      version: '0.5.0',
      level: 'minor',
      sentence: {
        code: 'next.bump',
        values: { level: 'minor', from: '0.4.1', to: '0.5.0' },
        sentence: 'Minor bump (0.4.1 -> 0.5.0): 1 feature',
      },
    },
    compareUrl: 'https://forge.example/acme/ledger/compare/v0.4.1...main',
    ...changes,
  };
}
