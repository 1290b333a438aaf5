import { judgeCommits } from './commits/judge-commits';
import { entryLimit, renderNotes } from './render-notes';

const sha = (digit: string) => digit.repeat(40);

function notes(
  messages: readonly string[],
  options: { webUrl?: string; squash?: 'body' } = {},
) {
  const judged = judgeCommits(
    messages.map((message, i) => ({ message, sha: sha((i + 1).toString(16)) })),
    { squash: options.squash },
  );
  return renderNotes(judged, options.webUrl);
}

describe('renderNotes', () => {
  it('groups by what a reader looks for, what breaks first', () => {
    expect(
      notes([
        'feat(budget): carry over last month (#41)',
        'perf: read once',
        'fix(net-worth): count credit cards',
        'Update readme',
        'Revert "feat: charts"\n\nThis reverts commit 0000000.',
        'chore: bump dependencies',
        'docs: x',
        'feat(api)!: drop v1',
        'refactor: y\n\nBREAKING CHANGE: use z\ninstead.\n\nMore.\n\nRefs: #1',
        'feat: import CSV statements',
        'Merge branch "x"',
        '',
      ]),
    ).toBe(
      [
        '### Breaking changes',
        '',
        '- **api:** drop v1 (8888888)',
        '- y: use z instead. (9999999)',
        '',
        '### Features',
        '',
        '- **budget:** carry over last month (#41) (1111111)',
        '- import CSV statements (aaaaaaa)',
        '',
        '### Fixes',
        '',
        '- **net-worth:** count credit cards (3333333)',
        '',
        '### Performance',
        '',
        '- read once (2222222)',
        '',
        '### Reverts',
        '',
        '- feat: charts (5555555)',
        '',
        '### Other',
        '',
        '- Update readme (4444444)',
      ].join('\n'),
    );
  });

  it('leaves out what cancels', () => {
    expect(
      notes([
        `Revert "feat: x"\n\nThis reverts commit ${sha('2')}.`,
        'feat: x',
        'fix: y',
      ]),
    ).toBe('### Fixes\n\n- y (3333333)');
  });

  it('says so where nothing counts', () => {
    expect(notes(['chore: x'])).toBe('No user-facing changes.');
  });

  it('links hashes and references where the page is known', () => {
    expect(
      notes(['fix: x (#41), see acme/other#7 and #9a'], {
        webUrl: 'https://forge.example/acme/ledger',
      }),
    ).toBe(
      `### Fixes\n\n- x ([#41](https://forge.example/acme/ledger/issues/41)), see acme/other#7 and #9a ([1111111](https://forge.example/acme/ledger/commit/${sha(
        '1',
      )}))`,
    );
  });

  it('lets no text of a commit act', () => {
    expect(
      notes([
        'feat(<b>@x): <script>alert(1)</script> by @alice [a](javascript:b)',
      ]),
    ).toBe(
      '### Features\n\n- **&lt;b&gt;@&#8203;x:** &lt;script&gt;alert(1)&lt;/script&gt; by @&#8203;alice \\[a\\](javascript:b) (1111111)',
    );
  });

  it('keeps each entry on one line of bounded length', () => {
    const [, , line] = notes([`feat: ${'x'.repeat(10_000)}`]).split('\n');
    expect(line).toBe(`- ${'x'.repeat(entryLimit - 1)}… (1111111)`);
  });

  it('lists the commits of a squash merge where those count', () => {
    expect(
      notes(['chore: all (#3)\n\n* feat: a\n* fix: b\n* wip'], {
        squash: 'body',
      }),
    ).toBe(
      '### Features\n\n- a (1111111)\n\n### Fixes\n\n- b (1111111)\n\n### Other\n\n- wip (1111111)',
    );
  });

  it('needs no hashes', () => {
    expect(renderNotes(judgeCommits([{ message: 'feat: x' }]))).toBe(
      '### Features\n\n- x',
    );
  });
});
