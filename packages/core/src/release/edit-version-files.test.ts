import fc from 'fast-check';
import { applySplices } from './apply-splices';
import { editVersionFiles } from './edit-version-files';
import type { ObservedFile, ReleaseState } from './release-state';

const seed = 20261122;

function file(path: string, text: string): ObservedFile {
  return { kind: 'text', path, oid: 'b'.repeat(40), mode: '100644', text };
}

const newest = {
  tag: 'v0.3.0',
  version: '0.3.0',
  commit: 'c'.repeat(40),
  notes: '',
};

function set(
  files: Record<string, string>,
  options: {
    version?: string;
    named?: string[];
    newest?: ReleaseState['newest'];
  } = {},
) {
  const observed = Object.entries(files).map(([path, text]) =>
    file(path, text),
  );
  const result = editVersionFiles(
    options.version ?? '0.4.0',
    { files: observed, ...(options.newest && { newest: options.newest }) },
    options.named ? { versionFiles: options.named } : {},
  );
  const after = result.edits.map(({ path, splices }) => [
    path,
    applySplices(files[path], splices),
  ]);
  return {
    ...result,
    after: Object.fromEntries(after) as Record<string, string>,
  };
}

/** The version that stands as `0.3.0` in the file becomes 0.4.0, and nothing else changes. */
const files: readonly (readonly [string, string])[] = [
  [
    'package.json',
    '{\n  "name": "x",\n  "version": "0.3.0",\n  "dependencies": { "version": "0.2.0" }\n}\n',
  ],
  ['package.json', '{"version":"v0.3.0"}'],
  [
    'package.json',
    '\t{\r\n\t"a":{"version":"0.1.0"},"version"  :\t"0.3.0"\r\n}\r\n',
  ],
  ['package.json', '{"version":"9.9.9","version":"0.3.0"}'],
  ['pyproject.toml', '[project]\nname = "x"\nversion = "0.3.0" # keep\n'],
  [
    'pyproject.toml',
    "[build-system]\r\nversion = '1'\r\n\r\n[project]\r\nversion='0.3.0'\r\n",
  ],
  ['pyproject.toml', '[tool.poetry]\nversion = """0.3.0"""\n'],
  [
    'pyproject.toml',
    '[tool.x]\nversion = "1.0.0"\n[project]\n"version" = "0.3.0"\n',
  ],
  ['pyproject.toml', 'project.name = "x"\nproject.version = "0.3.0"\n'],
  ['pyproject.toml', 'project = { name = "x", version = "0.3.0" }\n'],
  [
    'Chart.yaml',
    'apiVersion: v2\nname: x\nversion: 0.3.0 # chart\ndependencies:\n  - version: 1.0.0\n',
  ],
  ['Chart.yaml', '# head\r\nversion: \'0.3.0\'\r\nname: "x"\r\n'],
  ['Chart.yaml', '{version: 0.3.0, name: x}\n'],
  ['VERSION', '0.3.0'],
  ['VERSION', '\n  v0.3.0\r\n\r\n'],
];

describe('editVersionFiles', () => {
  it.each(files)('sets the version of %s in %j', (path, text) => {
    expect(set({ [path]: text }).after).toEqual({
      [path]: text.replace('0.3.0', '0.4.0'),
    });
    const marked = `\ufeff${text}`;
    expect(set({ [path]: marked }).after).toEqual({
      [path]: marked.replace('0.3.0', '0.4.0'),
    });
  });

  it('sets version and appVersion of a chart', () => {
    expect(
      set({ 'Chart.yaml': 'version: 0.3.0\nappVersion: "v0.2.0"\n' }).after,
    ).toEqual({
      'Chart.yaml': 'version: 0.4.0\nappVersion: "v0.4.0"\n',
    });
  });

  it('sets both versions of package-lock.json beside its package.json', () => {
    const lock =
      '{"name":"x","version":"0.3.0","packages":{"":{"version":"0.3.0"},"node_modules/y":{"version":"0.3.0"}}}';
    const { after, edits } = set(
      {
        'api/package.json': '{"version":"0.3.0"}',
        'api/package-lock.json': lock,
      },
      { named: ['api/package.json'] },
    );
    expect(after).toEqual({
      'api/package.json': '{"version":"0.4.0"}',
      'api/package-lock.json': lock
        .replace('0.3.0', '0.4.0')
        .replace('"":{"version":"0.3.0"', '"":{"version":"0.4.0"'),
    });
    expect(edits.map(({ path, before, mode }) => [path, before, mode])).toEqual(
      [
        ['api/package.json', 'b'.repeat(40), '100644'],
        ['api/package-lock.json', 'b'.repeat(40), '100644'],
      ],
    );
  });

  it("sets the project's own version in uv.lock, as uv spells it", () => {
    const lock =
      'version = 1\n\n[[package]]\nname = "a"\nversion = "0.3.0"\n\n[[package]]\nname = "my-ledger"\nversion = "0.3.0"\nsource = { editable = "." }\n';
    expect(
      set(
        {
          'pyproject.toml':
            '[project]\nname = "My_Ledger"\nversion = "0.3.0"\n',
          'uv.lock': lock,
        },
        { version: '0.4.0-rc.1' },
      ).after,
    ).toEqual({
      'pyproject.toml':
        '[project]\nname = "My_Ledger"\nversion = "0.4.0-rc.1"\n',
      'uv.lock': lock.replace(
        'my-ledger"\nversion = "0.3.0"',
        'my-ledger"\nversion = "0.4.0rc1"',
      ),
    });
  });

  it('takes each well-known file that exists, and no other', () => {
    const { edits } = set({
      'package.json': '{"version":"0.3.0"}',
      VERSION: '0.3.0\n',
      'api/package.json': '{"version":"0.3.0"}',
    });
    expect(edits.map(({ path }) => path)).toEqual(['package.json', 'VERSION']);
    expect(set({}).edits).toEqual([]);
  });

  it.each([
    ['web/manifest.json', '{"version":"0.3.0"}'],
    ['Cargo.toml', '[package]\nversion = "0.3.0"\n'],
    ['other.toml', 'version = "0.3.0"\n'],
    ['openapi.yml', 'version: 0.3.0\n'],
    ['version.txt', '0.3.0\n'],
    ['app/RELEASE', '0.3.0\n'],
    ['package-lock.json', '{"version":"0.3.0"}'],
  ])('takes %s where it is named', (path, text) => {
    expect(set({ [path]: text }, { named: [path] }).after).toEqual({
      [path]: text.replace('0.3.0', '0.4.0'),
    });
  });

  it('edits nothing where the version is set already', () => {
    const { edits, paths } = set({ 'package.json': '{"version":"0.4.0"}' });
    expect(edits).toEqual([]);
    expect(paths).toEqual(['package.json']);
  });

  it.each<[string, string, string[]]>([
    [
      'package.json',
      '{"version":"0.3.5"}',
      ['package.json says 0.3.5, the last release is 0.3.0. It becomes 0.4.0.'],
    ],
    ['package.json', '{"version":"0.3.0"}', []],
    ['VERSION', 'v0.3.0', []],
  ])(
    'warns where %s differs from the last release: %s',
    (path, text, warnings) => {
      expect(set({ [path]: text }, { newest }).warnings).toEqual(warnings);
    },
  );

  it('compares Python versions as Python does', () => {
    const rc = { ...newest, version: '0.3.0-rc.1' };
    expect(
      set(
        { 'pyproject.toml': '[project]\nversion = "0.3.0rc1"\n' },
        { newest: rc },
      ).warnings,
    ).toEqual([]);
  });

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
    expect(set(present)).toMatchObject({ edits: [], warnings: [warning] });
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
    expect(() => set({ [path]: text }, { named: [path] })).toThrow(
      expect.objectContaining({
        code,
        kind: 'input',
        message: expect.stringContaining(path),
      }),
    );
  });

  it('names the place of what is not valid', () => {
    expect(() => set({ 'package.json': '{\n  "a": 1\n  "b": 2\n}' })).toThrow(
      'package.json:3:3 is not valid: CommaExpected',
    );
    expect(() => set({ 'pyproject.toml': 'a = 1\nb = ?\n' })).toThrow(
      /pyproject\.toml:2:\d is not valid/,
    );
    expect(() => set({ 'Chart.yaml': 'a: 1\nb: "\n' })).toThrow(
      /Chart\.yaml:\d:\d is not valid/,
    );
  });

  it('refuses a named file that is not there, and one that is no text', () => {
    expect(() => set({}, { named: ['a.json'] })).toThrow(
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

  it('refuses a well-known file without a version', () => {
    expect(() => set({ 'package.json': '{"name":"x"}' })).toThrow(
      'version file package.json holds no version: expected a string "version" at the root',
    );
  });

  it('changes only the bytes of the version, whatever surrounds it', () => {
    const around = fc.string({
      unit: fc.constantFrom(' ', '\n', '\r\n', '\t'),
    });
    fc.assert(
      fc.property(
        fc.constantFrom('', '\ufeff'),
        around,
        around,
        around,
        fc.string(),
        (bom, a, b, c, name) => {
          const [head, tail] = [
            `${bom}${a}{${b}"name":${JSON.stringify(name)},"version":${c}"`,
            `"${b}}${a}`,
          ];
          const { after } = set({ 'package.json': `${head}0.3.0${tail}` });
          expect(after['package.json']).toBe(`${head}0.4.0${tail}`);
        },
      ),
      { seed },
    );
  });
});
