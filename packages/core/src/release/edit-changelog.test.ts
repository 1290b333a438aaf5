import fc from 'fast-check';
import { applySplices } from '../text/apply-splices';
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
