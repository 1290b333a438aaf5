import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { DeploymentResult } from 'backstage-plugin-dojo-common';
import {
  deploymentBody,
  frozenDeployment,
  nothingToDeploy,
  plannedDeployment,
  plannedPromotion,
  plannedRollback,
  refusedDeployment,
} from 'backstage-plugin-dojo-common/testUtils';
import type { AnswerState } from 'backstage-plugin-dojo-react';
import { DeploymentPlanReview } from './DeploymentPlanReview';

function review(
  state: AnswerState<DeploymentResult>,
  { body = deploymentBody, onRetry = jest.fn() } = {},
) {
  return renderInTestApp(
    <DeploymentPlanReview body={body} state={state} onRetry={onRetry} />,
  );
}

const loaded = (
  result: DeploymentResult,
  options?: Parameters<typeof review>[1],
) => review({ kind: 'loaded', result }, options);

const headings = () =>
  screen
    .getAllByRole('heading')
    .map(({ tagName, textContent }) => `${tagName} ${textContent}`);
const section = (name: string) => within(screen.getByRole('article', { name }));
const headline = () => screen.getByRole('heading', { level: 3 }).textContent;
const textOf = (element: HTMLElement) => element.textContent;

describe('DeploymentPlanReview', () => {
  afterEach(() => jest.restoreAllMocks());

  describe('when a version is brought', () => {
    it('heads with component, version and environment, and the promise; then has its headings in order', () => {
      loaded(plannedDeployment());

      expect(headings()).toEqual([
        'H3 Deploy ledger v0.3.0 to dev (from v0.2.0)',
        'H4 What will happen',
        'H4 Why',
        'H4 What changes in the cluster',
        'H4 Files of the overlay',
      ]);
      expect(
        screen.getByText(
          (_, element) =>
            element?.tagName === 'P' &&
            element.textContent ===
              'ledger/dev on main of file:infra.git · plan 5e0b17fa…: if anything changes before it runs, it stops',
        ),
      ).toBeInTheDocument();
      expect(
        screen.getByRole('region', { name: 'Deployment plan' }),
      ).toBeVisible();
      expect(screen.getAllByRole('status')[0]).toHaveTextContent(
        'The plan is ready: Deploy ledger v0.3.0 to dev (from v0.2.0).',
      );
    });

    it('says why, and what was and will be', () => {
      loaded(plannedDeployment());

      const why = section('Why');
      expect(
        why.getByText(
          'ledger in dev goes from v0.2.0 (5d20c18) to v0.3.0 (a41d9e2).',
        ),
      ).toBeVisible();
      const values = why.getAllByRole('definition').map(textOf);
      expect(
        why.getAllByRole('term').map((term, at) => [textOf(term), values[at]]),
      ).toEqual([
        ['Version', 'v0.2.0 → v0.3.0'],
        ['Base at', '5d20c18 → a41d9e2'],
        [
          'Image ghcr.io/acme/ledger',
          'sha256:41aa07000000… → sha256:9f2c41000000…',
        ],
        ['Lands by', 'a commit on main'],
      ]);
    });

    it('shows each object with what was and will be, and nothing of what is secret', () => {
      loaded(plannedDeployment());

      const objects = section('What changes in the cluster')
        .getAllByRole('figure')
        .map(textOf);
      expect(objects).toEqual([
        [
          'Deployment ledgerin ledger-devchanged',
          '  .spec.template.spec.containers[name="ledger"].image\n',
          `- ghcr.io/acme/ledger@sha256:${'41aa07'.padEnd(64, '0')}\n`,
          `+ ghcr.io/acme/ledger@sha256:${'9f2c41'.padEnd(64, '0')}\n`,
          '  .spec.template.spec.containers[name="ledger"].env[name="TOKEN"].value\n',
          '- (hidden)\n+ (hidden) (changed)\n',
        ].join(''),
        'ConfigMap ledgerin ledger-devcreated+ .data.TIME_ZONE: Europe/Rome\n  3 more fields',
        'Service ledger-oldin ledger-devremoved',
      ]);
    });

    it('shows the lines of the overlay', () => {
      loaded(plannedDeployment());

      expect(
        section('Files of the overlay').getByRole('figure'),
      ).toHaveTextContent(
        /^ledger\/dev\/kustomization\.yaml\s+resources:\s+- - file:ledger\.git.* # v0\.2\.0\s+\+ - file:ledger\.git.* # v0\.3\.0$/,
      );
    });

    it('shows warnings, and text from files letter by letter', () => {
      const hostile = '<img src=x onerror="alert(1)">';
      const { container } = loaded(
        plannedDeployment({
          reason: hostile,
          warnings: [hostile],
          objects: [
            {
              object: { apiVersion: 'v1', kind: 'ConfigMap', name: hostile },
              change: 'created',
              fields: [{ path: hostile, after: 'a\u202eb' }],
              omitted: 0,
            },
          ],
          findings: [
            { code: 'X', severity: 'warning', message: hostile, hint: hostile },
          ],
        }),
      );

      expect(container.querySelector('img')).toBeNull();
      expect(
        screen.getAllByText(hostile, { exact: false }).length,
      ).toBeGreaterThan(5);
      expect(screen.getByText(/a\ufffdb/)).toBeInTheDocument();
    });

    it('shows the fields of an object with many on request, by keyboard', async () => {
      const user = userEvent.setup();
      loaded(
        plannedDeployment({
          objects: [
            {
              object: { apiVersion: 'v1', kind: 'ConfigMap', name: 'ledger' },
              change: 'created',
              fields: Array.from({ length: 13 }, (_, at) => ({
                path: `.data.k${at}`,
                after: 'x',
              })),
              omitted: 7,
            },
          ],
        }),
      );
      const button = screen.getByRole('button', { name: 'Show 20 fields' });
      expect(button).toHaveAccessibleDescription('ConfigMap ledger');
      expect(screen.queryByText(/\.data\.k12/)).toBeNull();

      button.focus();
      await user.keyboard('{Enter}');
      expect(screen.getByText(/\.data\.k12/)).toBeVisible();
      expect(
        screen.getByRole('button', { name: 'Hide the fields' }),
      ).toHaveAttribute('aria-expanded', 'true');
    });

    it('says so where no object changes', () => {
      loaded(plannedDeployment({ objects: [] }));

      expect(
        screen.getByText(
          'No object changes: only the text of the overlay does.',
        ),
      ).toBeVisible();
    });
  });

  it.each([
    [
      'a first overlay',
      'Deploy ledger v0.3.0 to dev (for the first time)',
      plannedDeployment({ from: undefined }),
      deploymentBody,
    ],
    [
      'a version without a tag',
      'Deploy ledger a41d9e2 to dev (from v0.2.0)',
      (() => {
        const result = plannedDeployment();
        result.plan.decides.version!.tag = undefined;
        return result;
      })(),
      deploymentBody,
    ],
    [
      'another host, and the same version',
      'Change dev of ledger (it stays at v0.3.0)',
      plannedDeployment({
        from: plannedDeployment().plan.decides.version,
      }),
      deploymentBody,
    ],
    [
      'a preparation',
      'Prepare dev for ledger (without a version)',
      plannedDeployment(
        { from: undefined },
        { intent: 'prepare', version: undefined },
      ),
      { component: 'ledger', environment: 'dev', prepare: true },
    ],
    [
      'a former overlay that comes back',
      'Restore the former overlay of ledger in dev (at 0.3.0)',
      plannedDeployment({ from: undefined }),
      { ...deploymentBody, restore: true },
    ],
    [
      'a promotion',
      'Promote ledger 0.3.0 from dev to staging',
      plannedPromotion(),
      { component: 'ledger', environment: 'staging', promoteFrom: 'dev' },
    ],
    [
      'a first promotion',
      'Promote ledger 0.3.0 from dev to staging (for the first time)',
      (() => {
        const result = plannedPromotion();
        result.plan.shows.from = undefined;
        return result;
      })(),
      { component: 'ledger', environment: 'staging', promoteFrom: 'dev' },
    ],
    [
      'a rollback',
      'Roll back ledger on dev from 0.3.0 to 0.2.0',
      plannedRollback(),
      { component: 'ledger', environment: 'dev', rollbackTo: 'previous' },
    ],
  ])('heads %s with %j', (_, title, result, body) => {
    loaded(result, { body });

    expect(headline()).toBe(title);
  });

  it('says of what is only prepared that nothing runs', () => {
    loaded(
      plannedDeployment(
        { from: undefined },
        { intent: 'prepare', version: undefined },
      ),
    );

    expect(section('Why').getByText('None yet: nothing runs')).toBeVisible();
    expect(section('Why').queryByText('Base at')).toBeNull();
  });

  it('says who lands it where that is somebody else', () => {
    loaded(plannedPromotion());

    expect(
      screen.getByText(
        'It lands when somebody merges it; until then staging stays as it is',
      ),
    ).toBeVisible();
    expect(section('Why').getByText('a merge into main')).toBeVisible();
    expect(
      section('What will happen').getAllByRole('listitem').map(textOf),
    ).toEqual([
      'Push one commit to dojo/ledger/staging, over main, that asks for the change',
      'Wait for the merge of dojo/ledger/staging into main',
    ]);
  });

  it('leads to the request that is open on the forge, and to nothing else', () => {
    const url = 'https://git.acme.test/acme/infra/pull/7';
    const asks = plannedPromotion();
    asks.plan.shows.openRequestUrl = url;
    const { unmount } = loaded(asks);
    expect(screen.getByRole('link', { name: url })).toHaveAttribute(
      'href',
      url,
    );
    unmount();

    asks.plan.shows.openRequestUrl = 'data:text/html,hello';
    loaded(asks);
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('says in one sentence that there is nothing to do, and shows nothing else', () => {
    const onRetry = jest.fn();
    loaded(nothingToDeploy(), { onRetry });

    expect(headings()).toEqual(['H3 Nothing to deploy for ledger in dev']);
    expect(
      screen.getByText(
        'Nothing to deploy: the overlay of ledger in dev has v0.3.0 (a41d9e2) already.',
      ),
    ).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
  });

  describe('when a finding refuses it', () => {
    it('lists what to put right, the worst first, and still shows the change', () => {
      loaded(refusedDeployment());

      expect(
        screen.getByText(
          'Nothing is deployed: 1 error must be corrected first',
        ),
      ).toBeVisible();
      expect(
        screen.getByText(
          'Fix the errors below, then plan again. dev stays as it is.',
        ),
      ).toBeVisible();
      expect(section('Findings').getAllByRole('listitem').map(textOf)).toEqual([
        'ErrorPersistentVolumeClaim dojo-dataledger/dev/pvc.yaml:9CLAIM_SHRUNKPersistentVolumeClaim dojo-data shrinks from 2Gi to 1GiAsk for 2Gi or more.',
        'WarningDeployment ledgerledger/dev/kustomization.yaml:14REPLICASDeployment ledger has 2 replicas of a single writer',
        'NoteDeployment ledgerIMAGE_TAGDeployment ledger runs ghcr.io/acme/ledger by a tag',
      ]);
      expect(screen.queryByText('What will happen')).toBeNull();
      expect(
        section('What changes in the cluster').getAllByRole('figure'),
      ).toHaveLength(3);
      expect(screen.getAllByRole('status')[0]).toHaveTextContent(
        'The plan is ready, but 1 error refuses it: Deploy ledger v0.3.0 to dev (from v0.2.0).',
      );
    });

    it('says what the first version in an environment needs', () => {
      const result = refusedDeployment();
      result.plan.shows.from = undefined;
      result.plan.decides.before = undefined;
      loaded(result);

      expect(
        screen.getByText(
          'dev has no overlay of ledger yet: go back and set its host and storage.',
        ),
      ).toBeVisible();
    });

    it('plans again on request', async () => {
      const onRetry = jest.fn();
      loaded(refusedDeployment(), { onRetry });
      await userEvent.click(screen.getByRole('button', { name: 'Plan again' }));

      expect(onRetry).toHaveBeenCalledTimes(1);
    });
  });

  describe('when the environment is frozen', () => {
    it('says until when, with the exact time, and offers no button that cannot help', () => {
      jest
        .spyOn(Date, 'now')
        .mockReturnValue(Date.parse('2026-11-28T07:00:00.000Z'));
      loaded(frozenDeployment());

      expect(screen.getByText('dev is frozen')).toBeVisible();
      const until = screen.getByText('in 2 days');
      expect(until.parentElement).toHaveTextContent('It opens in 2 days.');
      expect(until).toHaveAttribute('datetime', '2026-11-30T07:00:00.000Z');
      expect(until).toHaveAttribute(
        'title',
        expect.stringMatching(/November 30, 2026.*:00:00/),
      );
      expect(
        screen.getByText(
          'The window is Fri 18:00 - Mon 08:00 Europe/Rome. A rollback is never held back.',
        ),
      ).toBeVisible();
      expect(screen.queryByRole('button')).toBeNull();
      expect(screen.queryByText('What will happen')).toBeNull();
      expect(screen.getAllByRole('status')[0]).toHaveTextContent(
        'The plan is ready, but dev is frozen: Deploy ledger',
      );
    });

    it('says so where the window has no end', () => {
      loaded(
        plannedDeployment({
          frozen: { window: 'always', until: 'the window is taken away' },
        }),
      );

      expect(
        screen.getByText('It opens when the window is taken away.'),
      ).toBeVisible();
    });
  });

  describe('when a rule holds it back', () => {
    const block = {
      code: 'PROMOTION_NEEDED',
      message: 'staging takes over what dev has, and dev has v0.2.0',
      hint: 'Promote from dev.',
    };

    it('says which, and what to do, and still shows the change', () => {
      loaded(plannedDeployment({ blocks: [block] }));

      expect(screen.getByText('A rule keeps it out of dev')).toBeVisible();
      expect(screen.getByText(block.message)).toBeVisible();
      expect(screen.getByText(block.hint)).toBeVisible();
      expect(screen.queryByText('What will happen')).toBeNull();
      expect(
        section('What changes in the cluster').getAllByRole('figure'),
      ).toHaveLength(3);
      expect(screen.getAllByRole('status')[0]).toHaveTextContent(
        /^The plan is ready, but a rule holds it back: Deploy ledger v0\.3\.0 to dev \(from v0\.2\.0\)\. staging takes over/,
      );
    });

    it('says what stays when the window is over, and not the window', () => {
      const { frozen } = frozenDeployment().plan.shows;
      const freeze = { ...block, code: 'DEPLOY_FROZEN', message: 'frozen' };
      loaded(plannedDeployment({ frozen, blocks: [freeze, block] }));

      expect(screen.getByText(block.message)).toBeVisible();
      expect(screen.queryByText('dev is frozen')).toBeNull();
    });

    it('says so of a window that comes as a rule alone', () => {
      const freeze = {
        code: 'DEPLOY_FROZEN',
        message: 'dev is frozen until Monday',
        hint: 'Run it again then.',
        until: '2026-11-30T07:00:00.000Z',
      };
      loaded(plannedDeployment({ blocks: [freeze] }));

      expect(screen.getByText('dev is frozen until Monday')).toBeVisible();
      expect(screen.queryByText('What will happen')).toBeNull();
    });
  });

  it.each(['APPLY_CONFLICT', 'APPLY_STOPPED'])(
    'says after %s what the form offers, and no button that cannot help',
    code => {
      review({
        kind: 'failed',
        failure: {
          code,
          message: 'helm owns .spec.replicas of Deployment ledger',
          hint: 'Use --conflicts takeover.',
          denied: false,
          mayPass: true,
        },
      });

      expect(screen.getByText(/go back and choose to take over/)).toBeVisible();
      expect(screen.queryByText(/--conflicts/)).toBeNull();
      expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
    },
  );

  it.each([
    [{ kind: 'incomplete' }, ''],
    [{ kind: 'loading' }, 'Computing the deployment plan…'],
    [
      {
        kind: 'failed',
        failure: {
          message: 'the tag was moved',
          hint: undefined,
          denied: false,
          mayPass: false,
        },
      },
      'The deployment plan could not be computed: the tag was moved',
    ],
  ] as const)('announces %j', (state, announcement) => {
    review(state);

    expect(screen.getByRole('status')).toHaveTextContent(announcement);
  });
});
