import {
  executedDeployment,
  failedRollout,
  nothingToDeploy,
  plannedApply,
  plannedDeployment,
} from '../testUtils';
import type { DeploymentResult } from './deployment-result';
import { summaryOfDeployment } from './summary-of-deployment';

const health: DeploymentResult['health'] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'ledger',
    status: 'Current',
    reason: 'Available',
    message: '1 of 1 available.',
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    name: 'ledger',
    status: 'Current',
    reason: 'Ready',
    message: '',
  },
];
const rolledBack = (rollback: Partial<DeploymentResult['rollback']>) =>
  failedRollout({
    causes: [],
    health: [],
    rollback: {
      outcome: 'deployed',
      version: 'v0.2.0',
      commit: 'abcdef0123',
      reason: 'the rollout failed',
      effects: [],
      ...rollback,
    },
  });
const failedHere =
  'ledger v0.3.0 is in the overlay of dev: commit `0c3f77b`, and does not run there.';

describe('summaryOfDeployment', () => {
  it.each<[string, DeploymentResult, string]>([
    [
      'a commit',
      executedDeployment(),
      'ledger v0.3.0 is in the overlay of dev: commit `0c3f77b`.',
    ],
    [
      'a dry run',
      plannedDeployment(),
      'Dry run: ledger v0.3.0 would go to dev. Nothing was written.',
    ],
    [
      'an overlay that is only prepared',
      {
        ...executedDeployment(),
        plan: plannedDeployment({}, { version: undefined }).plan,
      },
      'Prepared dev for ledger: commit `0c3f77b`. Nothing runs there yet.',
    ],
    [
      'a dry run of that',
      plannedDeployment({}, { version: undefined }),
      'Dry run: it would prepare dev for ledger. Nothing was written.',
    ],
    [
      'nothing to do',
      nothingToDeploy(),
      'Nothing to deploy: the overlay of dev has ledger v0.3.0 already. Nothing was done.',
    ],
    [
      'a rollout, with each object',
      { ...plannedApply(), outcome: 'deployed', health },
      [
        'ledger v0.3.0 runs in dev (ledger-dev of eu-1).',
        '',
        '- Deployment ledger: **Current**: 1 of 1 available',
        '- Service ledger: **Current**',
      ].join('\n'),
    ],
    [
      'a rollout that failed, with why and what to do',
      failedRollout(),
      [
        failedHere,
        '',
        '- Pod/ledger-dev/ledger-1: it exits with 1. Read its log.',
        '',
        '- Deployment ledger: **Failed**: 0 of 1 available',
      ].join('\n'),
    ],
    [
      'objects that do not run as they should, where nothing landed',
      failedRollout({ commit: undefined, causes: [], health: [] }),
      'ledger v0.3.0 does not run in dev as its overlay says.',
    ],
    [
      'a request on a forge',
      {
        ...executedDeployment(),
        outcome: 'requested',
        requestBranch: 'dojo/ledger/dev',
        pullRequestUrl: 'https://git.acme.test/infra/pull/7',
      },
      'Branch `dojo/ledger/dev` asks for ledger v0.3.0 in dev: commit `0c3f77b`. It waits for its merge.\n\n[Open the request](https://git.acme.test/infra/pull/7)',
    ],
    [
      'what was taken back',
      rolledBack({}),
      `${failedHere}\n\nIt was rolled back to v0.2.0: commit \`abcdef0\`.`,
    ],
    [
      'what could not be taken back',
      rolledBack({ outcome: 'none', reason: 'it is the first version.' }),
      `${failedHere}\n\nIt was not rolled back: it is the first version`,
    ],
    [
      'what failed twice',
      rolledBack({ outcome: 'failed', commit: undefined }),
      `${failedHere}\n\nThe roll back to v0.2.0 failed as well: the rollout failed`,
    ],
  ])('says of %s', (_, result, text) => {
    expect(summaryOfDeployment(result)).toBe(text);
  });

  it('shows the words of others letter by letter', () => {
    const [cause] = failedRollout().causes!;
    const sentence = 'x\n\n# [a](https://evil.test) <img> `b` *c*';
    expect(
      summaryOfDeployment(failedRollout({ causes: [{ ...cause, sentence }] })),
    ).toContain(
      'x \\# \\[a\\](https://evil.test) \\<img\\> \\`b\\` \\*c\\*. Read',
    );
  });
});
