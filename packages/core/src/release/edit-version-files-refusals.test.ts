import { editVersionFiles } from './edit-version-files';
import { setVersion } from './__testUtils__/set-version';

describe('editVersionFiles', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'dynamic',
      {
        'pyproject.toml':
          '[project]\nname = "x"\ndynamic = ["readme", "version"]\n',
      },
      'pyproject.toml keeps its text: its version is dynamic.',
    ],
    [
      'no project',
      { 'pyproject.toml': '[tool.ruff]\nline-length = 100\n' },
      'pyproject.toml keeps its text: it describes no project.',
    ],
    [
      'private',
      { 'package.json': '{"private":true}' },
      'package.json keeps its text: it is private and has no version.',
    ],
    [
      'tools only',
      { 'package.json': '{"devDependencies":{}}' },
      'package.json keeps its text: it holds no version.',
    ],
    [
      'a Poetry project that is no package',
      { 'pyproject.toml': '[tool.poetry]\npackage-mode = false\n' },
      'pyproject.toml keeps its text: it holds no version.',
    ],
    [
      'keys for make',
      { VERSION: 'MAJOR=1\nMINOR=2\n' },
      'VERSION keeps its text: it holds no version.',
    ],
    [
      'a Cargo workspace whose crates have versions of their own',
      { 'Cargo.toml': '[workspace]\nmembers = ["a"]\n' },
      'Cargo.toml keeps its text: it holds no version.',
    ],
    [
      'a lock without the project',
      {
        'pyproject.toml': '[project]\nname = "x"\nversion = "0.4.0"\n',
        'uv.lock': '[[package]]\nname = "y"\nversion = "1"\n',
      },
      'uv.lock keeps its text: it holds no version of the project.',
    ],
    [
      'a lock without a version',
      { 'package.json': '{"version":"0.4.0"}', 'package-lock.json': '{}' },
      'package-lock.json keeps its text: it holds no version of the package.',
    ],
  ])('skips what nobody named: %s', (_, present, warning) => {
    expect(setVersion(present)).toMatchObject({
      edits: [],
      warnings: [warning],
    });
  });

  it.each<[string, string, string]>([
    [
      'package.json',
      '{"private":true}',
      'RELEASE_VERSION_FILE_WITHOUT_VERSION',
    ],
    ['package.json', '{}', 'RELEASE_VERSION_FILE_WITHOUT_VERSION'],
    ['package.json', '{"version":""}', 'RELEASE_VERSION_FILE_WITHOUT_VERSION'],
    ['package.json', '{"version":1}', 'RELEASE_VERSION_FILE_WITHOUT_VERSION'],
    ['package.json', '["version"]', 'RELEASE_VERSION_FILE_WITHOUT_VERSION'],
    [
      'pyproject.toml',
      '[project]\ndynamic = ["version"]\n',
      'RELEASE_VERSION_FILE_WITHOUT_VERSION',
    ],
    [
      'pyproject.toml',
      '[project]\nversion = 1\n',
      'RELEASE_VERSION_FILE_WITHOUT_VERSION',
    ],
    [
      'pyproject.toml',
      '[project]\nversion = ""\n',
      'RELEASE_VERSION_FILE_WITHOUT_VERSION',
    ],
    [
      'uv.lock',
      '[[package]]\nname = "x"\n',
      'RELEASE_VERSION_FILE_WITHOUT_VERSION',
    ],
    [
      'Cargo.toml',
      '[package]\nname = "a"\nversion.workspace = true\n',
      'RELEASE_VERSION_FILE_WITHOUT_VERSION',
    ],
    ['Chart.yaml', 'name: x\n', 'RELEASE_VERSION_FILE_WITHOUT_VERSION'],
    ['Chart.yaml', 'version:\n', 'RELEASE_VERSION_FILE_WITHOUT_VERSION'],
    ['Chart.yaml', "version: ''\n", 'RELEASE_VERSION_FILE_WITHOUT_VERSION'],
    ['Chart.yaml', '- version\n', 'RELEASE_VERSION_FILE_WITHOUT_VERSION'],
    ['Chart.yaml', '', 'RELEASE_VERSION_FILE_WITHOUT_VERSION'],
    ['VERSION', '\n', 'RELEASE_VERSION_FILE_WITHOUT_VERSION'],
    ['VERSION', '0.3.0\n0.2.0\n', 'RELEASE_VERSION_FILE_WITHOUT_VERSION'],
    ['package.json', '{"version":"0.3.0"', 'RELEASE_VERSION_FILE_INVALID'],
    ['package.json', '{"version":"0.3.0",}', 'RELEASE_VERSION_FILE_INVALID'],
    [
      'package.json',
      '// no\n{"version":"0.3.0"}',
      'RELEASE_VERSION_FILE_INVALID',
    ],
    ['package.json', '', 'RELEASE_VERSION_FILE_INVALID'],
    ['package.json', '['.repeat(200_000), 'RELEASE_VERSION_FILE_INVALID'],
    [
      'pyproject.toml',
      '[project\nversion = "0.3.0"\n',
      'RELEASE_VERSION_FILE_INVALID',
    ],
    [
      'pyproject.toml',
      '[project]\nversion = "0.3.0"\nversion = "0.3.0"\n',
      'RELEASE_VERSION_FILE_INVALID',
    ],
    [
      'pyproject.toml',
      `a = ${'['.repeat(200_000)}`,
      'RELEASE_VERSION_FILE_INVALID',
    ],
    ['Chart.yaml', 'version: [\n', 'RELEASE_VERSION_FILE_INVALID'],
    [
      'Chart.yaml',
      'version: 0.3.0\nversion: 0.3.0\n',
      'RELEASE_VERSION_FILE_INVALID',
    ],
    ['Chart.yaml', 'version: >\n  0.3.0\n', 'RELEASE_VERSION_FILE_INVALID'],
    [
      'Chart.yaml',
      'version: &v 0.3.0\nappVersion: *v\n',
      'RELEASE_VERSION_FILE_INVALID',
    ],
    [
      'Chart.yaml',
      'version: 0.3.0\n---\nversion: 0.2.0\n',
      'RELEASE_VERSION_FILE_INVALID',
    ],
    ['main.py', '__version__ = "0.3.0"', 'RELEASE_VERSION_FILE_UNKNOWN'],
    ['a.constructor', '0.3.0', 'RELEASE_VERSION_FILE_UNKNOWN'],
    ['VERSION', '0.3.0\0', 'RELEASE_VERSION_FILE_UNREADABLE'],
  ])('refuses %s that is named: %.60j', (path, text, code) => {
    expect(() => setVersion({ [path]: text }, { named: [path] })).toThrow(
      expect.objectContaining({
        code,
        kind: 'input',
        message: expect.stringContaining(path),
      }),
    );
  });

  it('names the place of what is not valid', () => {
    expect(() =>
      setVersion({ 'package.json': '{\n  "a": 1\n  "b": 2\n}' }),
    ).toThrow('package.json:3:3 is not valid: CommaExpected');
    expect(() => setVersion({ 'pyproject.toml': 'a = 1\nb = ?\n' })).toThrow(
      /pyproject\.toml:2:\d is not valid/,
    );
    expect(() => setVersion({ 'Chart.yaml': 'a: 1\nb: "\n' })).toThrow(
      /Chart\.yaml:\d:\d is not valid/,
    );
  });

  it('refuses a file that is too long, of which nothing was read', () => {
    expect(() =>
      editVersionFiles(
        '0.4.0',
        {
          files: [{ kind: 'too-large', path: 'VERSION', bytes: 9, most: 8 }],
        },
        {},
      ),
    ).toThrow(
      expect.objectContaining({
        code: 'RELEASE_FILE_TOO_LARGE',
        message: 'VERSION has 9 bytes; at most 8 are read',
      }),
    );
  });

  it('refuses a named file that is not there, and one that is no text', () => {
    expect(() => setVersion({}, { named: ['a.json'] })).toThrow(
      expect.objectContaining({ code: 'RELEASE_VERSION_FILE_MISSING' }),
    );
    expect(() =>
      editVersionFiles(
        '0.4.0',
        {
          files: [
            { kind: 'unreadable', path: 'VERSION', what: 'a symbolic link' },
          ],
        },
        {},
      ),
    ).toThrow('version file VERSION cannot be read as text: a symbolic link');
  });
});
