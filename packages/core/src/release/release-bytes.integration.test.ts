import { git, makeRepository, readRefs } from 'dojo-testing';
import { localReleases } from './__testUtils__/local-release';
import type { LocalReleases } from './__testUtils__/local-release';

jest.setTimeout(60_000);

/** Files as an editor of Windows leaves them: byte order mark, CRLF, and one without a last line end. */
const files = {
  'package.json':
    '\ufeff{\r\n  "name": "ledger",\r\n\t"version" : "1.0.0" \r\n}\r\n',
  'pyproject.toml':
    "[project] # about\r\nname = 'ledger'\r\nversion = '1.0.0' # ours\r\n",
  'Chart.yaml':
    'name: ledger\r\nversion: 1.0.0 # chart\r\nappVersion: "1.0.0"\r\n',
  VERSION: '\ufeff1.0.0',
  'CHANGELOG.md':
    '\ufeff# Changelog\r\n\r\nAbout it.\r\n\r\n## 1.0.0\r\n\r\n- old\r\n',
};

describe('release of files with byte order marks and CRLF', () => {
  let local: LocalReleases;
  let path: string;
  beforeEach(() => {
    local = localReleases();
    path = local.path('ledger');
    makeRepository(path, {
      commits: [
        { message: 'feat: begin\r\n', files, tag: 'v1.0.0' },
        { message: 'fix: one\r\n\r\nWhy.\r\n', files: { a: '1' } },
      ],
    });
  });
  afterEach(() => local.dispose());

  it.each(Object.keys(files).filter(name => name !== 'CHANGELOG.md'))(
    'changes the version in %s, and no other byte',
    async name => {
      await local.release({ repository: path });
      expect(git(path, ['show', `main:${name}`])).toBe(
        files[name as keyof typeof files]
          .replaceAll('1.0.0', '1.0.1')
          .trimEnd(),
      );
      expect(git(path, ['cat-file', '-s', `main:${name}`])).toBe(
        git(path, ['cat-file', '-s', `v1.0.0:${name}`]),
      );
    },
  );

  it('splices the section in with the line ends of the changelog', async () => {
    await local.release({ repository: path });
    const sha = git(path, ['rev-parse', '--short=7', 'main^']);
    expect(git(path, ['show', 'main:CHANGELOG.md'])).toBe(
      files['CHANGELOG.md']
        .replace(
          '## 1.0.0',
          `## 1.0.1 (2026-11-22)\r\n\r\n### Fixes\r\n\r\n- one (${sha})\r\n\r\n## 1.0.0`,
        )
        .trimEnd(),
    );
  });

  it('changes nothing the second time', async () => {
    await local.release({ repository: path });
    const after = readRefs(path);
    await expect(local.release({ repository: path })).resolves.toMatchObject({
      outcome: 'already-released',
      version: '1.0.1',
    });
    expect(readRefs(path)).toBe(after);
  });
});
