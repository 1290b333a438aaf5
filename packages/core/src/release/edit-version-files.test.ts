import fc from 'fast-check';
import { setVersion } from './__testUtils__/set-version';

const seed = 20261122;

const newest = {
  tag: 'v0.3.0',
  version: '0.3.0',
  commit: 'c'.repeat(40),
  notes: '',
};

/** The version that stands as `0.3.0` in the file becomes 0.4.0, and nothing else changes. */
const cases: readonly (readonly [string, string])[] = [
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
  it.each(cases)('sets the version of %s in %j', (path, text) => {
    expect(setVersion({ [path]: text }).after).toEqual({
      [path]: text.replace('0.3.0', '0.4.0'),
    });
    const marked = `\ufeff${text}`;
    expect(setVersion({ [path]: marked }).after).toEqual({
      [path]: marked.replace('0.3.0', '0.4.0'),
    });
  });

  it.each([
    [
      'which repeats the version',
      'version: 0.3.0\nappVersion: "v0.3.0"\n',
      'version: 0.4.0\nappVersion: "v0.4.0"\n',
      [],
    ],
    [
      'of other software',
      'version: 0.3.0\nappVersion: "16.4"\n',
      'version: 0.4.0\nappVersion: "16.4"\n',
      ['Chart.yaml (appVersion) says 16.4, not 0.3.0; it stays.'],
    ],
    [
      'which alone is the version',
      'version: 5.1.0\nappVersion: 0.3.0\n',
      'version: 5.1.0\nappVersion: 0.4.0\n',
      ['Chart.yaml (version) says 5.1.0, not 0.3.0; it stays.'],
    ],
  ])('knows an appVersion %s', (_, before, text, warnings) => {
    const result = setVersion({ 'Chart.yaml': before }, { newest });
    expect(result.after).toEqual({ 'Chart.yaml': text });
    expect(result.warnings).toEqual(warnings);
  });

  it('knows an appVersion before the first release by the version beside it', () => {
    const chart = (app: string) => `version: 0.3.0\nappVersion: ${app}\n`;
    expect(setVersion({ 'Chart.yaml': chart('0.3.0') }).after).toEqual({
      'Chart.yaml': 'version: 0.4.0\nappVersion: 0.4.0\n',
    });
    expect(setVersion({ 'Chart.yaml': chart('16.4') }).after).toEqual({
      'Chart.yaml': 'version: 0.4.0\nappVersion: 16.4\n',
    });
  });

  it('leaves a file that nobody named, where it holds something else', () => {
    const several = {
      'package.json': '{"version":"5.0.0"}',
      'pyproject.toml': '[project]\nname = "x"\nversion = "0.3.0"\n',
      VERSION: '16\n',
    };
    const { after, warnings } = setVersion(several, { newest });
    expect(Object.keys(after)).toEqual(['pyproject.toml']);
    expect(warnings).toEqual([
      'package.json says 5.0.0, not 0.3.0; it stays.',
      'VERSION says 16, not 0.3.0; it stays.',
    ]);
    expect(
      setVersion(several, { newest, named: ['package.json'] }).after,
    ).toEqual({ 'package.json': '{"version":"0.4.0"}' });
  });

  it('leaves a placeholder', () => {
    const { edits, warnings } = setVersion(
      { 'package.json': '{"version":"0.0.0-development"}' },
      { newest },
    );
    expect(edits).toEqual([]);
    expect(warnings).toEqual([
      'package.json says 0.0.0-development, not 0.3.0; it stays.',
    ]);
  });

  it('sets a version wherever pyproject.toml repeats it', () => {
    const text =
      '[project]\nname = "x"\nversion = "0.3.0"\n[tool.poetry]\nversion = "0.3.0"\n[tool.commitizen]\nversion = "0.3.0"\n[tool.bumpversion]\ncurrent_version = "0.2.0"\n';
    const { after, warnings } = setVersion(
      { 'pyproject.toml': text },
      { newest },
    );
    expect(after['pyproject.toml']).toBe(text.replaceAll('0.3.0', '0.4.0'));
    expect(warnings).toEqual([
      'pyproject.toml (tool.bumpversion.current_version) says 0.2.0, not 0.3.0; it stays.',
    ]);
  });

  it('sets both versions of package-lock.json beside its package.json', () => {
    const lock =
      '{"name":"x","version":"0.3.0","packages":{"":{"version":"0.3.0"},"node_modules/y":{"version":"0.3.0"}}}';
    const { after, edits } = setVersion(
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
      setVersion(
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
    const { edits } = setVersion({
      'package.json': '{"version":"0.3.0"}',
      VERSION: '0.3.0\n',
      'api/package.json': '{"version":"0.3.0"}',
    });
    expect(edits.map(({ path }) => path)).toEqual(['package.json', 'VERSION']);
    expect(setVersion({}).edits).toEqual([]);
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
    expect(setVersion({ [path]: text }, { named: [path] }).after).toEqual({
      [path]: text.replace('0.3.0', '0.4.0'),
    });
  });

  it('edits nothing where the version is set already', () => {
    const { edits, paths } = setVersion({
      'package.json': '{"version":"0.4.0"}',
    });
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
      expect(setVersion({ [path]: text }, { newest }).warnings).toEqual(
        warnings,
      );
    },
  );

  it.each<[string, string[]]>([
    ['0.0.0', []],
    [
      '2.3',
      ['VERSION says 2.3, which is no semantic version. It becomes 0.4.0.'],
    ],
  ])(
    'before the first release warns only of no version: %s',
    (text, warnings) => {
      expect(setVersion({ VERSION: text }).warnings).toEqual(warnings);
    },
  );

  it('compares Python versions as Python does', () => {
    const rc = { ...newest, version: '0.3.0-rc.1' };
    expect(
      setVersion(
        { 'pyproject.toml': '[project]\nversion = "0.3.0rc1"\n' },
        { newest: rc },
      ).warnings,
    ).toEqual([]);
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
          const { after } = setVersion({
            'package.json': `${head}0.3.0${tail}`,
          });
          expect(after['package.json']).toBe(`${head}0.4.0${tail}`);
        },
      ),
      { seed },
    );
  });
});
