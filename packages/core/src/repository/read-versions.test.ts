import { readVersions } from './read-versions';

describe('readVersions', () => {
  it('gives the version tags, highest first, and asks for nothing but refs', async () => {
    const tag = (name: string) => ({ name, oid: 'a', commit: 'b' });
    const readRefs = jest.fn(async () => ({
      branches: new Map(),
      tags: [
        tag('web-v7.0.0'),
        tag('v0.9.0'),
        tag('nightly'),
        tag('v0.10.0'),
        tag('v1.0.0-rc.1'),
      ],
    }));
    const { signal } = new AbortController();

    const versions = await readVersions({ readRefs }, {}, signal);

    expect(versions.map(({ version }) => version)).toEqual([
      '1.0.0-rc.1',
      '0.10.0',
      '0.9.0',
    ]);
    expect(readRefs).toHaveBeenCalledWith(signal);
    await expect(
      readVersions({ readRefs }, { tagPrefix: 'web-v' }, signal),
    ).resolves.toMatchObject([{ version: '7.0.0' }]);
  });
});
