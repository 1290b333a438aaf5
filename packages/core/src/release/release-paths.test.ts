import {
  changelogPath,
  lockPaths,
  maxBytesOf,
  releasePaths,
  versionFilePaths,
} from './release-paths';

describe('lockPaths', () => {
  it.each([
    ['package.json', 'package-lock.json npm-shrinkwrap.json'],
    ['py/pyproject.toml', 'py/uv.lock uv.lock'],
    ['a/b/Cargo.toml', 'a/b/Cargo.lock a/Cargo.lock Cargo.lock'],
    ['VERSION', ''],
    ['my-package.json', ''],
  ])('of %s are %s, the nearest first', (path, locks) => {
    expect(lockPaths(path).join(' ')).toBe(locks);
  });
});

describe('changelogPath', () => {
  it.each([
    [{ changelog: 'CHANGELOG.md' }, 'CHANGELOG.md'],
    [{ changelog: 'CHANGELOG.md', path: 'api' }, 'api/CHANGELOG.md'],
    [{ changelog: 'docs/log.md', path: 'api' }, 'docs/log.md'],
    [{ changelog: 'none', path: 'api' }, 'none'],
  ])('of %j is %s', (request, path) => {
    expect(changelogPath(request)).toBe(path);
  });
});

describe('maxBytesOf', () => {
  it.each([
    ['CHANGELOG.md', 2],
    ['api/package.json', 2],
    ['Chart.yaml', 0.5],
    ['api/pyproject.toml', 0.5],
    ['api/package-lock.json', 16],
    ['Cargo.lock', 16],
  ])('of %s is %d MiB', (path, mebibytes) => {
    expect(maxBytesOf(path)).toBe(mebibytes * 1024 * 1024);
  });
});

describe('versionFilePaths', () => {
  it('names each file once', () => {
    expect(versionFilePaths({ versionFiles: ['a.json', 'a.json'] })).toEqual([
      'a.json',
    ]);
  });

  it('are those of the folder where no other is named', () => {
    expect(versionFilePaths({ path: 'services/api' })).toContain(
      'services/api/package.json',
    );
    expect(
      versionFilePaths({ path: 'services/api', versionFiles: ['VERSION'] }),
    ).toEqual(['VERSION']);
  });

  it('are none where that is asked for', () => {
    expect(versionFilePaths({ versionFiles: ['none'] })).toEqual([]);
    expect(versionFilePaths({ versionFiles: [] })).toEqual([]);
  });
});

describe('releasePaths', () => {
  it('lists the well-known files, their lock files and the changelog', () => {
    expect(releasePaths({ changelog: 'CHANGELOG.md' })).toEqual([
      'package.json',
      'package-lock.json',
      'npm-shrinkwrap.json',
      'pyproject.toml',
      'uv.lock',
      'Cargo.toml',
      'Cargo.lock',
      'Chart.yaml',
      'VERSION',
      'CHANGELOG.md',
    ]);
  });

  it('lists what the request names, each once', () => {
    expect(
      releasePaths({
        versionFiles: ['pyproject.toml', 'uv.lock'],
        changelog: 'none',
      }),
    ).toEqual(['pyproject.toml', 'uv.lock']);
  });
});
