import { setVersion } from './__testUtils__/set-version';

const newest = {
  tag: 'v0.3.0',
  version: '0.3.0',
  commit: 'c'.repeat(40),
  notes: '',
};

describe('editVersionFiles, of lock files', () => {
  describe('when crates are locked', () => {
    const lock = (...packages: string[]) =>
      ['version = 4\n', ...packages.map(text => `[[package]]\n${text}\n`)].join(
        '\n',
      );
    const crate = (name: string, version: string, more = '') =>
      `name = "${name}"\nversion = "${version}"\n${more}`;
    const registry = 'source = "registry+https://example.com"\n';

    it('sets the version of a crate', () => {
      const files = {
        'a/Cargo.toml': '[package]\nname = "a"\nversion = "0.3.0"\n',
        'a/Cargo.lock': lock(
          crate('a', '0.3.0'),
          crate('a', '0.3.0', registry),
          crate('b', '0.3.0'),
        ),
      };
      const { after } = setVersion(files, { newest, named: ['a/Cargo.toml'] });
      expect(after).toEqual({
        'a/Cargo.toml': files['a/Cargo.toml'].replace('0.3.0', '0.4.0'),
        'a/Cargo.lock': files['a/Cargo.lock'].replace('0.3.0', '0.4.0'),
      });
    });

    it('sets that of a workspace, and of the crates that inherit it', () => {
      const files = {
        'Cargo.toml':
          '[workspace]\nmembers = ["*"]\n[workspace.package]\nversion = "0.3.0"\n[workspace.dependencies]\na = { path = "a", version = "=0.3.0" }\nb = { path = "b", version = "1.0" }\nserde = "0.3.0"\n',
        'Cargo.lock': lock(
          crate('a', '0.3.0'),
          crate('own', '1.0.0'),
          crate('serde', '0.3.0', registry),
        ),
      };
      const { after, warnings } = setVersion(files, { newest });
      expect(after).toEqual({
        'Cargo.toml': files['Cargo.toml']
          .replace('version = "0.3.0"', 'version = "0.4.0"')
          .replace('=0.3.0', '=0.4.0'),
        'Cargo.lock': files['Cargo.lock'].replace('0.3.0', '0.4.0'),
      });
      expect(warnings).toEqual([]);
    });

    it('finds the lock file of the workspace above', () => {
      const files = {
        'crates/a/Cargo.toml': '[package]\nname = "a"\nversion = "0.3.0"\n',
        'Cargo.lock': lock(crate('a', '0.3.0'), crate('b', '0.3.0')),
      };
      const named = ['crates/a/Cargo.toml'];
      expect(setVersion(files, { newest, named }).after).toMatchObject({
        'Cargo.lock': files['Cargo.lock'].replace('0.3.0', '0.4.0'),
      });
    });
  });

  it('sets workspaces in the package-lock.json that they share', () => {
    const text =
      '{"version":"1.0.0","packages":{"":{"version":"1.0.0"},"packages/a":{"version":"0.3.0"},"packages/b":{"version":"0.3.0"},"node_modules/a":{"link":true}}}';
    const { after } = setVersion(
      {
        'packages/a/package.json': '{"version":"0.3.0"}',
        'packages/b/package.json': '{"version":"0.3.0"}',
        'package-lock.json': text,
      },
      { newest, named: ['packages/a/package.json', 'packages/b/package.json'] },
    );
    expect(after['package-lock.json']).toBe(text.replaceAll('0.3.0', '0.4.0'));
  });

  it('leaves a lock file that holds something else', () => {
    const { after, warnings } = setVersion(
      {
        'package.json': '{"version":"0.3.0"}',
        'package-lock.json':
          '{"version":"0.2.0","packages":{"":{"version":"0.3.0"}}}',
      },
      { newest },
    );
    expect(after['package-lock.json']).toBe(
      '{"version":"0.2.0","packages":{"":{"version":"0.4.0"}}}',
    );
    expect(warnings).toEqual([
      'package-lock.json says 0.2.0, not 0.3.0; it stays.',
    ]);
  });
});
