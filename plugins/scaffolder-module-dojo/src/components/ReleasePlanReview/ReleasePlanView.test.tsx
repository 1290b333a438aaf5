import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  commitVerdict,
  plannedRelease,
} from 'backstage-plugin-dojo-common/testUtils';
import { ReleasePlanView } from './ReleasePlanView';

const view = (result = plannedRelease()) =>
  renderInTestApp(<ReleasePlanView name="ledger" result={result} />);

describe('ReleasePlanView', () => {
  describe('when a release is planned', () => {
    it('heads with the version, where it starts from, and the promise', () => {
      view();

      expect(
        screen.getByRole('heading', { name: 'Release ledger 0.4.0', level: 3 }),
      ).toBeInTheDocument();
      expect(
        screen.getByText(
          (_, element) =>
            element?.tagName === 'P' &&
            element.textContent ===
              'from 0.3.0 on main at a41d9e2 · plan 7c1e93ab…: if anything changes before it runs, it stops',
        ),
      ).toBeInTheDocument();
    });

    it('has its headings in order', () => {
      view();

      expect(
        screen
          .getAllByRole('heading')
          .map(({ tagName, textContent }) => `${tagName} ${textContent}`),
      ).toEqual([
        'H3 Release ledger 0.4.0',
        'H4 What will happen',
        'H4 Why 0.4.0',
        'H4 Release notes',
        'H5 Features',
        'H5 Fixes',
        'H4 Files in the release commit',
      ]);
    });

    it('says of every commit, by row header, what it counts as and why', () => {
      view();

      const cells = screen.getAllByRole('rowheader').map(header =>
        within(header.closest('tr')!)
          .getAllByRole('cell')
          .map(({ textContent }) => textContent),
      );
      expect(screen.getAllByRole('rowheader')[0]).toHaveTextContent('a41d9e2');
      expect(cells).toEqual([
        ['feat(budget): carry over last month', 'minor'],
        ['fix: count credit cards', 'patch'],
        ['feat!: dark charts', 'none: reverted by 9be1d52'],
        ['Update readme', 'none: not conventional, listed under Other'],
      ]);
      expect(screen.getByText('feat asks for a minor.')).toBeInTheDocument();
    });

    it('lists the effects in order and marks what is already there', () => {
      view();

      const effects = within(
        screen.getByRole('article', { name: 'What will happen' }),
      ).getAllByRole('listitem');
      expect(effects.map(({ textContent }) => textContent)).toEqual([
        'put the manifest already there',
        'push commit and tag',
      ]);
    });

    it('shows each file with the signs of its lines as text, the changelog on request', () => {
      view();

      const [pyproject, changelog] = screen.getAllByRole('figure', {
        hidden: true,
      });
      expect(pyproject).toBeVisible();
      expect(changelog).not.toBeVisible();
      expect(
        screen.getByText('Show the changes of CHANGELOG.md'),
      ).toBeVisible();
      expect(pyproject).toHaveTextContent(
        'pyproject.toml [project] - version = "0.3.0" + version = "0.4.0"',
      );
      expect(within(pyproject).getByRole('deletion')).toHaveTextContent(
        '- version = "0.3.0"',
      );
      expect(changelog).toHaveTextContent('new file');
      expect(changelog).toHaveTextContent('6 more lines');
    });

    it('says who wrote a commit, when, and links to its pages', () => {
      view(
        plannedRelease({
          compareUrl: 'https://forge.test/compare/v0.3.0...a41d9e2',
          commits: [
            {
              ...commitVerdict('3f9c1d2', 'feat: tags (#41)', {
                level: 'minor',
                reason: 'feat',
                type: 'feat',
              }),
              author: 'Ada',
              at: '2020-01-02T10:00:00.000Z',
              url: 'https://forge.test/commit/3f9c1d2',
              pr: { number: 41, url: 'https://forge.test/pull/41' },
            },
          ],
        }),
      );

      const row = screen.getByRole('rowheader').closest('tr')!;
      expect(row).toHaveTextContent(/Ada · Jan 2, 2020 · #41/);
      expect(
        within(row)
          .getAllByRole('link')
          .map(link => [link.textContent, link.getAttribute('href')]),
      ).toEqual([
        ['3f9c1d2', 'https://forge.test/commit/3f9c1d2'],
        ['#41', 'https://forge.test/pull/41'],
      ]);
      expect(
        screen.getByRole('link', { name: 'Compare with 0.3.0' }),
      ).toHaveAttribute('href', 'https://forge.test/compare/v0.3.0...a41d9e2');
    });

    it('links to nothing but the web', () => {
      // eslint-disable-next-line no-script-url -- this is what must not become a link
      const url = 'javascript:alert(1)';
      view(
        plannedRelease({
          compareUrl: url,
          commits: [
            {
              ...commitVerdict('3f9c1d2', 'fix: x (#7)', {
                level: 'patch',
                reason: 'fix',
              }),
              url,
              pr: { number: 7, url },
            },
          ],
        }),
      );

      const why = within(screen.getByRole('article', { name: 'Why 0.4.0' }));
      expect(why.queryAllByRole('link')).toEqual([]);
      expect(why.getByText(/#7$/)).toBeVisible();
    });

    it('marks a commit that breaks, whatever it raises', () => {
      view(
        plannedRelease({
          commits: [
            commitVerdict('3f9c1d2', 'feat!: accounts are objects', {
              level: 'major',
              reason: 'feat!',
              breaking: true,
            }),
          ],
        }),
      );

      expect(screen.getByText('breaking')).toBeVisible();
      expect(screen.queryByText('major')).toBeNull();
    });

    it('says which release stays the latest', () => {
      view(plannedRelease({ staysLatest: '0.4.0' }));

      expect(screen.getByText('0.4.0 stays the latest release.')).toBeVisible();
    });

    it('shows the warnings', () => {
      view();

      expect(
        screen.getByText('package.json says 0.2.9; it is set to 0.4.0.'),
      ).toBeInTheDocument();
    });
  });

  it('says so where it is the first release and the history was capped', () => {
    view(plannedRelease({ previousVersion: undefined, cappedAt: 1000 }));

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
    view(plannedRelease({ commits }));
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
    view(
      plannedRelease({
        commits: [
          {
            ...commitVerdict('', '', { level: 'none', reason: 'empty' }),
            sha: undefined,
          },
        ],
      }),
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
      const { container } = view(result);

      expect(container.querySelector('img, script, iframe')).toBeNull();
      expect(
        within(screen.getByRole('article', { name: 'Release notes' }))
          .getAllByRole('link')
          .map(link => link.getAttribute('href')),
      ).toEqual(['https://forge.test/41']);
      expect(screen.getByText('click')).toBeInTheDocument();
    });

    it('shows subjects, reasons, effects and files letter by letter', () => {
      const [text] = hostile;
      const { container } = view(
        plannedRelease({
          reason: text,
          commits: [commitVerdict('1', text, { level: 'none', reason: text })],
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
      );

      expect(container.querySelector('img')).toBeNull();
      expect(screen.getAllByText(text, { exact: false })).toHaveLength(7);
    });
  });
});
