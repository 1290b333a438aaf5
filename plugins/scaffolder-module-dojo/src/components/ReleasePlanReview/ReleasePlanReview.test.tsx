import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { PlanState } from '../../fields/ReleaseReview/useReleasePlan';
import {
  commitVerdict,
  nothingToRelease,
  plannedRelease,
  releaseToFinish,
} from '../../testing/releaseResult';
import { ReleasePlanReview } from './ReleasePlanReview';

function review(state: PlanState, onRetry = jest.fn()) {
  return renderInTestApp(
    <ReleasePlanReview
      component="component:default/ledger"
      state={state}
      onRetry={onRetry}
    />,
  );
}

const loaded = (result = plannedRelease()): PlanState => ({
  kind: 'loaded',
  result,
});

describe('ReleasePlanReview', () => {
  describe('when a release is planned', () => {
    it('heads with the version, where it starts from, and the promise', () => {
      review(loaded());

      expect(
        screen.getByRole('heading', { name: 'Release ledger 0.4.0', level: 3 }),
      ).toBeInTheDocument();
      expect(
        screen.getByText(
          (_, element) =>
            element?.tagName === 'P' &&
            element.textContent ===
              'from 0.3.0 on main at a41d9e2 · plan 7c1e93ab…: exactly this runs, or nothing',
        ),
      ).toBeInTheDocument();
      expect(screen.getByRole('status')).toHaveTextContent(
        'The plan is ready: release 0.4.0.',
      );
    });

    it('has its headings in order', () => {
      review(loaded());

      expect(
        screen
          .getAllByRole('heading')
          .map(({ tagName, textContent }) => `${tagName} ${textContent}`),
      ).toEqual([
        'H3 Release ledger 0.4.0',
        'H4 Why 0.4.0',
        'H4 What will happen',
        'H4 Notes',
        'H5 Features',
        'H5 Fixes',
        'H4 Files in the release commit',
      ]);
    });

    it('says of every commit, by row header, what it counts as and why', () => {
      review(loaded());

      const cells = screen.getAllByRole('rowheader').map(header =>
        within(header.closest('tr')!)
          .getAllByRole('cell')
          .map(({ textContent }) => textContent),
      );
      expect(screen.getAllByRole('rowheader')[0]).toHaveTextContent('a41d9e2');
      expect(cells).toEqual([
        ['feat(budget): carry over last month', 'minor'],
        ['fix: count credit cards', 'patch'],
        ['feat!: dark charts', 'no release: reverted by 9be1d52'],
        ['Update readme', 'no release: not conventional, listed under Other'],
      ]);
      expect(screen.getByText('feat asks for a minor.')).toBeInTheDocument();
    });

    it('lists the effects in order and marks what is already there', () => {
      review(loaded());

      const effects = within(
        screen.getByRole('article', { name: 'What will happen' }),
      ).getAllByRole('listitem');
      expect(effects.map(({ textContent }) => textContent)).toEqual([
        'image bytes sha256:9f2c already there',
        'one push of main and v0.4.0',
      ]);
    });

    it('shows each file with the signs of its lines as text', () => {
      review(loaded());

      const [pyproject, changelog] = screen.getAllByRole('figure');
      expect(pyproject).toHaveTextContent(
        'pyproject.toml [project] - version = "0.3.0" + version = "0.4.0"',
      );
      expect(within(pyproject).getByRole('deletion')).toHaveTextContent(
        '- version = "0.3.0"',
      );
      expect(changelog).toHaveTextContent('new file');
      expect(changelog).toHaveTextContent('6 more lines');
    });

    it('shows the warnings', () => {
      review(loaded());

      expect(
        screen.getByText('package.json says 0.2.9; it is set to 0.4.0.'),
      ).toBeInTheDocument();
    });
  });

  it('says so where it is the first release and the history was capped', () => {
    review(
      loaded(plannedRelease({ previousVersion: undefined, cappedAt: 1000 })),
    );

    expect(screen.getByText(/the first release, on main at/)).toBeVisible();
    expect(
      screen.getByText(/only the newest 1,000 commits were read/),
    ).toBeVisible();
  });

  it('shows fifty commits, and all on request, by keyboard, keeping the focus', async () => {
    const commits = Array.from({ length: 120 }, (_, index) =>
      commitVerdict(`${100 + index}`, `fix: number ${index}`, {
        level: 'patch',
        reason: 'fix',
        type: 'fix',
      }),
    );
    review(loaded(plannedRelease({ commits })));
    const user = userEvent.setup();
    expect(screen.getAllByRole('rowheader')).toHaveLength(50);

    const button = screen.getByRole('button', { name: 'Show all 120 commits' });
    expect(button).toHaveAttribute('aria-expanded', 'false');
    await user.tab();
    expect(button).toHaveFocus();
    await user.keyboard('{Enter}');

    expect(screen.getAllByRole('rowheader')).toHaveLength(120);
    expect(
      screen.getByRole('button', { name: 'Show the first 50 only' }),
    ).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(screen.getAllByRole('rowheader')).toHaveLength(50);
  });

  it('marks a commit without a hash and one without a message', () => {
    review(
      loaded(
        plannedRelease({
          commits: [
            {
              ...commitVerdict('', '', { level: 'none', reason: 'empty' }),
              sha: undefined,
            },
          ],
        }),
      ),
    );

    expect(screen.getByRole('rowheader')).toHaveTextContent('–');
    expect(screen.getByText('(empty message)')).toBeInTheDocument();
  });

  describe('when commit text is hostile', () => {
    const hostile = [
      '<img src=x onerror="alert(1)">',
      '<script>alert(1)</script>',
      '![pixel](https://tracker.test/p.gif)',
      '[click](javascript:alert(1))',
      '[data](data:text/html,<script>alert(1)</script>)',
      '[page](/create/tasks)',
      '[auto]: javascript:alert(2)',
      '<javascript:alert(3)>',
      '[fine](https://forge.test/41)',
    ];

    it('shows notes without markup, images or any but web links', () => {
      const result = plannedRelease();
      result.plan.decides.release!.notes = hostile
        .map(line => `- ${line}`)
        .join('\n');
      const { container } = review(loaded(result));

      expect(container.querySelector('img, script, iframe')).toBeNull();
      expect(
        within(screen.getByRole('article', { name: 'Notes' }))
          .getAllByRole('link')
          .map(link => link.getAttribute('href')),
      ).toEqual(['https://forge.test/41']);
      expect(screen.getByText('click')).toBeInTheDocument();
    });

    it('shows subjects, reasons, effects and files letter by letter', () => {
      const [text] = hostile;
      const { container } = review(
        loaded(
          plannedRelease({
            reason: text,
            commits: [
              commitVerdict('1', text, { level: 'none', reason: text }),
            ],
            effects: [{ key: text, text, already: false }],
            diffs: [
              {
                path: text,
                created: false,
                lines: [{ kind: 'add', text }],
                omitted: 0,
              },
            ],
            warnings: [text],
          }),
        ),
      );

      expect(container.querySelector('img')).toBeNull();
      expect(screen.getAllByText(text, { exact: false })).toHaveLength(7);
    });
  });

  describe('when there is nothing to release', () => {
    it('names the newest release and links to it', () => {
      review(
        loaded(
          nothingToRelease({
            releaseUrl: 'https://forge.test/releases/v0.4.0',
          }),
        ),
      );

      expect(
        screen.getByRole('heading', { name: 'Nothing to release for ledger' }),
      ).toBeInTheDocument();
      expect(
        screen.getByText('ledger 0.4.0 is the newest release.'),
      ).toBeInTheDocument();
      expect(
        screen.getByRole('link', { name: 'Open release 0.4.0' }),
      ).toHaveAttribute('href', 'https://forge.test/releases/v0.4.0');
      expect(
        screen.getByRole('heading', { name: 'Notes of 0.4.0' }),
      ).toBeInTheDocument();
      expect(screen.queryByText('What will happen')).toBeNull();
      expect(screen.getByRole('status')).toHaveTextContent(
        'there is nothing to release',
      );
    });

    it('does not link to anything but the web', () => {
      // eslint-disable-next-line no-script-url -- this is what must not become a link
      review(loaded(nothingToRelease({ releaseUrl: 'javascript:alert(1)' })));

      expect(screen.queryByRole('link')).toBeNull();
    });

    it('says so where there is no release and no commit at all', () => {
      const result = nothingToRelease('none');
      result.plan.shows.commits = [];
      review(loaded(result));

      expect(screen.getByText('ledger has no release yet.')).toBeVisible();
      expect(screen.queryByRole('table')).toBeNull();
    });
  });

  it('shows what is left where an older release is to be finished', () => {
    review(loaded(releaseToFinish()));

    expect(
      screen.getByRole('heading', { name: 'Finish release ledger 0.4.0' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('0.4.0 is tagged, but not finished'),
    ).toBeInTheDocument();
    expect(screen.getByText('forge release v0.4.0')).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent(
      'finish release 0.4.0',
    );
  });

  it('says so where notes are empty', () => {
    const result = plannedRelease();
    result.plan.decides.release!.notes = ' \n';
    review(loaded(result));

    expect(screen.getByText('The notes are empty.')).toBeInTheDocument();
  });

  it('is busy, and says what it does, while it computes', () => {
    const { container } = review({ kind: 'loading' });

    expect(container.querySelector('[aria-busy="true"]')).not.toBeNull();
    expect(screen.getByRole('status')).toHaveTextContent(
      'Computing the release plan…',
    );
  });

  describe('when it failed', () => {
    const failure = {
      message: 'file:ledger.git does not answer',
      hint: 'Start the forge.',
      denied: false,
    };

    it('says why and what to do, aloud too, and retries by keyboard', async () => {
      const onRetry = jest.fn();
      review({ kind: 'failed', failure }, onRetry);

      expect(screen.getByText('The plan could not be computed')).toBeVisible();
      expect(screen.getByText('Start the forge.')).toBeVisible();
      expect(screen.getByRole('status')).toHaveTextContent(
        'file:ledger.git does not answer',
      );
      const user = userEvent.setup();
      await user.tab();
      await user.keyboard('{Enter}');
      expect(onRetry).toHaveBeenCalledTimes(1);
    });

    it('names the permission where the backend gives no hint', () => {
      review({
        kind: 'failed',
        failure: { message: 'not allowed', hint: undefined, denied: true },
      });

      expect(
        screen.getByText('You may not see the plan of this component'),
      ).toBeVisible();
      expect(screen.getByText(/dojo\.delivery\.read/)).toBeVisible();
    });
  });
});
