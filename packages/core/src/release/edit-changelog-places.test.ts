import { applySplices } from '../text/apply-splices';
import { editChangelog } from './edit-changelog';
import type { ObservedFile } from '../repository/repository-data';

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

describe('editChangelog, where the section goes', () => {
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
});
