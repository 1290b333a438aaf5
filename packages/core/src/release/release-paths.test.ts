import { companionPath, releasePaths, versionFilePaths } from './release-paths';

describe('companionPath', () => {
  it.each([
    ['package.json', 'package-lock.json'],
    ['api/package.json', 'api/package-lock.json'],
    ['py/pyproject.toml', 'py/uv.lock'],
    ['VERSION', undefined],
    ['my-package.json', undefined],
  ])('of %s is %s', (path, companion) => {
    expect(companionPath(path)).toBe(companion);
  });
});

describe('versionFilePaths', () => {
  it('names each file once', () => {
    expect(versionFilePaths({ versionFiles: ['a.json', 'a.json'] })).toEqual([
      'a.json',
    ]);
  });
});

describe('releasePaths', () => {
  it('lists the well-known files, their lock files and the changelog', () => {
    expect(releasePaths({ changelog: 'CHANGELOG.md' })).toEqual([
      'package.json',
      'package-lock.json',
      'pyproject.toml',
      'uv.lock',
      'Chart.yaml',
      'VERSION',
      'CHANGELOG.md',
    ]);
  });

  it('lists what the request names, each once', () => {
    expect(
      releasePaths({
        versionFiles: ['api/package.json', 'api/package-lock.json'],
        changelog: 'none',
      }),
    ).toEqual(['api/package.json', 'api/package-lock.json']);
  });
});
