import fc from 'fast-check';
import { applySplices } from './apply-splices';
import { editChangelog } from './edit-changelog';
import type { ObservedFile } from '../repository/repository-data';

const seed = 20261122;
const section = {
  version: '0.4.0',
  date: '2026-11-20',
  notes: '### Fixes\n\n- x',
};
const added = '## 0.4.0 (2026-11-20)\n\n### Fixes\n\n- x\n';
const path = 'CHANGELOG.md';

function file(text: string): ObservedFile {
  return { kind: 'text', path, oid: 'b'.repeat(40), mode: '100755', text };
}

function edited(text: string): string {
  const { edit } = editChangelog(path, file(text), section);
  return applySplices(text, edit?.splices ?? []);
}

describe('editChangelog', () => {
  it.each([undefined, { kind: 'absent', path } as const])(
    'creates an absent file',
    absent => {
      expect(editChangelog(path, absent, section)).toEqual({
        edit: {
          path,
          mode: '100644',
          splices: [{ start: 0, end: 0, text: `# Changelog\n\n${added}` }],
        },
        warnings: [],
      });
    },
  );

  it('keeps mode and blob of one that exists', () => {
    expect(
      editChangelog(path, file('# Changelog\n'), section).edit,
    ).toMatchObject({
      before: 'b'.repeat(40),
      mode: '100755',
    });
  });

  it.each<[string, string, string]>([
    [
      'above the last version',
      '# Changelog\n\n## 0.3.0 (2026-10-01)\n\n- y\n',
      `# Changelog\n\n${added}\n## 0.3.0 (2026-10-01)\n\n- y\n`,
    ],
    [
      'above a linked version',
      '# Log\n\n## [0.3.0] - 2026-10-01\n',
      `# Log\n\n${added}\n## [0.3.0] - 2026-10-01\n`,
    ],
    [
      'above a major version of semantic-release',
      '# [2.0.0](https://e) (2026-10-01)\n\n- y\n',
      `${added}\n# [2.0.0](https://e) (2026-10-01)\n\n- y\n`,
    ],
    [
      'above a version underlined',
      'Log\n===\n\nv0.3.0\n------\n',
      `Log\n===\n\n${added}\nv0.3.0\n------\n`,
    ],
    [
      'below an introduction',
      '# Changelog\n\nAll changes.\n',
      `# Changelog\n\nAll changes.\n\n${added}`,
    ],
    [
      'above other headings',
      '# Changelog\n\nAll.\n\n## Old times\n',
      `# Changelog\n\nAll.\n\n${added}\n## Old times\n`,
    ],
    [
      'below Unreleased',
      '# Changelog\n\n## [Unreleased]\n\n- z\n\n## [0.3.0]\n',
      `# Changelog\n\n## [Unreleased]\n\n- z\n\n${added}\n## [0.3.0]\n`,
    ],
    [
      'below Unreleased alone, above its links',
      '# C\n\n## [Unreleased]\n\n[unreleased]: https://e\n',
      `# C\n\n## [Unreleased]\n\n${added}\n[unreleased]: https://e\n`,
    ],
    [
      'at the top of a file without a title',
      'some text\n',
      `${added}\nsome text\n`,
    ],
    ['into an empty file', '', added],
    [
      'after a last line without an end',
      '# Changelog',
      `# Changelog\n\n${added}`,
    ],
    [
      'not where a version is code',
      '# C\n\n```\n## 0.1.0\n```\n\n## 0.3.0\n',
      `# C\n\n\`\`\`\n## 0.1.0\n\`\`\`\n\n${added}\n## 0.3.0\n`,
    ],
    [
      'above a heading without a blank line',
      '# C\n## 0.3.0\n',
      `# C\n\n${added}\n## 0.3.0\n`,
    ],
    [
      'below front matter',
      '---\ntitle: Changelog\n---\n\n# Changelog\n\nAll.\n',
      `---\ntitle: Changelog\n---\n\n# Changelog\n\nAll.\n\n${added}`,
    ],
    [
      'below front matter alone',
      '+++\ntitle = "Changelog"\n+++\n',
      `+++\ntitle = "Changelog"\n+++\n\n${added}`,
    ],
    [
      'below front matter, above text',
      '---\n## a: comment\nversion: 0.1.0\n---\ntext\n',
      `${added}\n---\n## a: comment\nversion: 0.1.0\n---\ntext\n`,
    ],
    [
      'above a rule',
      '---\n\n## 0.3.0\n\n---\n\n## 0.2.0\n',
      `---\n\n${added}\n## 0.3.0\n\n---\n\n## 0.2.0\n`,
    ],
    [
      'not where a version is in a comment',
      '# C\n\n<!-- Copy this:\n\n## 0.0.0\n-->\n\n## 0.3.0\n',
      `# C\n\n<!-- Copy this:\n\n## 0.0.0\n-->\n\n${added}\n## 0.3.0\n`,
    ],
    [
      'below a title that stands under a comment',
      '<!-- markdownlint-disable -->\n# C\n\nAll.\n',
      `<!-- markdownlint-disable -->\n# C\n\nAll.\n\n${added}`,
    ],
    [
      'below a title that is underlined',
      'Changelog\n=========\n\nAll.\n',
      `Changelog\n=========\n\nAll.\n\n${added}`,
    ],
    [
      'above the anchor of the last version',
      '# C\n\n<a name="0.3.0"></a>\n\n## 0.3.0\n',
      `# C\n\n${added}\n<a name="0.3.0"></a>\n\n## 0.3.0\n`,
    ],
    [
      'above what is said of its heading',
      '# C\n\n<!-- markdownlint-disable-next-line MD024 -->\n## 0.3.0\n',
      `# C\n\n${added}\n<!-- markdownlint-disable-next-line MD024 -->\n## 0.3.0\n`,
    ],
    [
      'below the mark of another tool',
      '# C\n\nAll.\n\n<!-- version list -->\n\nThe end.\n',
      `# C\n\nAll.\n\n<!-- version list -->\n\n${added}\nThe end.\n`,
    ],
    [
      'below Unreleased that is underlined',
      'C\n=\n\nUnreleased\n----------\n\n- z\n\n0.3.0\n-----\n',
      `C\n=\n\nUnreleased\n----------\n\n- z\n\n${added}\n0.3.0\n-----\n`,
    ],
    [
      'as if a comment that is left open were none',
      '# C\n\n<!-- open\n\n## 0.3.0\n',
      `# C\n\n<!-- open\n\n${added}\n## 0.3.0\n`,
    ],
    [
      'not where a longer fence holds a shorter one',
      '# C\n\n````\n```\n## 0.1.0\n````\n\n## 0.3.0\n',
      `# C\n\n\`\`\`\`\n\`\`\`\n## 0.1.0\n\`\`\`\`\n\n${added}\n## 0.3.0\n`,
    ],
    [
      'beside a pre-release of the same version',
      '# C\n\n## 0.4.0-rc.1\n',
      `# C\n\n${added}\n## 0.4.0-rc.1\n`,
    ],
  ])('adds the section %s', (_, before, after) => {
    expect(edited(before)).toBe(after);
  });

  it('follows the line ends of the file, and keeps its byte order mark', () => {
    expect(edited('\ufeff# C\r\n\r\n## 0.3.0\r\n')).toBe(
      `\ufeff# C\r\n\r\n${added.replaceAll('\n', '\r\n')}\r\n## 0.3.0\r\n`,
    );
    expect(edited('\ufeff## 0.3.0\n')).toBe(`\ufeff${added}\n## 0.3.0\n`);
  });

  it.each([
    '## 0.4.0',
    '## [0.4.0] - 2026-11-01',
    '### v0.4.0 (soon)',
    '# [0.4.0](https://e)',
  ])('leaves a section alone that is there: %s', heading => {
    expect(
      editChangelog(path, file(`# C\n\n${heading}\n\n- by hand\n`), section),
    ).toEqual({
      warnings: [
        'CHANGELOG.md has a section for 0.4.0 already; it stays as it is.',
      ],
    });
  });

  it('says so where entries stay under Unreleased', () => {
    const unreleased = '# C\n\n## [Unreleased]\n\n### Added\n\n- z\n';
    expect(editChangelog(path, file(unreleased), section).warnings).toEqual([
      'CHANGELOG.md has entries under Unreleased; they stay there.',
    ]);
    expect(
      editChangelog(
        path,
        file('# C\n\n## Unreleased\n\n## 0.3.0\n\n- y\n'),
        section,
      ).warnings,
    ).toEqual([]);
  });

  it.each<[ObservedFile, string]>([
    [{ kind: 'unreadable', path, what: 'a symbolic link' }, 'a symbolic link'],
    [file('a\0b'), 'it is binary'],
  ])('refuses what is no text', (unreadable, what) => {
    expect(() => editChangelog(path, unreadable, section)).toThrow(
      expect.objectContaining({
        code: 'RELEASE_CHANGELOG_UNREADABLE',
        kind: 'input',
        message: `CHANGELOG.md is no changelog to write in: ${what}`,
      }),
    );
  });

  it.each([
    ['CHANGELOG.rst', 'x', 'a .rst file'],
    ['docs/log.adoc', 'x', 'a .adoc file'],
    ['CHANGES.html', undefined, 'a .html file'],
    [
      'debian/changelog',
      'ledger (0.3.0-1) unstable; urgency=medium\n',
      'a Debian changelog',
    ],
    ['ChangeLog', '2026-01-02  Ada  <a@example.com>\n', 'a GNU ChangeLog'],
    ['NEWS', 'News\n====\n\n.. _v1: https://e\n', 'reStructuredText'],
  ])('refuses %s: %j', (name, text, format) => {
    const found =
      text === undefined
        ? undefined
        : ({ ...file(text), path: name } as ObservedFile);
    expect(() => editChangelog(name, found, section)).toThrow(
      expect.objectContaining({
        code: 'RELEASE_CHANGELOG_FORMAT',
        message: `${name} is ${format}, and notes are written in Markdown`,
      }),
    );
  });

  it.each(['CHANGES', 'HISTORY.markdown', 'NEWS.txt', '.changes'])(
    'writes in %s',
    name => {
      expect(editChangelog(name, file('# C\n'), section).edit).toBeDefined();
    },
  );

  it('refuses what is too long', () => {
    const long = { kind: 'too-large', path, bytes: 9, most: 8 } as const;
    expect(() => editChangelog(path, long, section)).toThrow(
      expect.objectContaining({ code: 'RELEASE_FILE_TOO_LARGE' }),
    );
  });

  it('changes nothing but what it adds, and adds once', () => {
    const line = fc.constantFrom(
      '# C',
      '## 0.3.0',
      '## [Unreleased]',
      '- x',
      '',
      '```',
      '[a]: b',
      'v1.0.0',
      '---',
      '+++',
      '===',
      '~~~~',
      '<!--',
      '-->',
      '<!-- x -->',
      '<!-- version list -->',
      '<a name="x"></a>',
      'text',
    );
    fc.assert(
      fc.property(
        fc.array(line),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (lines, newline, bom) => {
          const text = (bom ? '\ufeff' : '') + lines.join(newline);
          const { edit } = editChangelog(path, file(text), section);
          const [splice] = edit!.splices;
          expect(splice.start).toBe(splice.end);
          const after = applySplices(text, [splice]);
          expect(
            after.slice(0, splice.start) +
              after.slice(splice.start + splice.text.length),
          ).toBe(text);
          expect(
            editChangelog(path, file(after), section).edit,
          ).toBeUndefined();
        },
      ),
      { seed, numRuns: 2_000 },
    );
  });
});
