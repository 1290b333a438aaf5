import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addressOf, sourceFields } from './name-repository.mjs';

describe('addressOf', () => {
  for (const remote of [
    'https://github.com/acme/dojo-portal.git',
    'https://token:x@github.com/acme/dojo-portal',
    'git@github.com:acme/dojo-portal.git\n',
    'ssh://git@github.com/acme/dojo-portal.git',
  ]) {
    it(`is the page of ${remote.trim()}, without credentials`, () => {
      assert.equal(addressOf(remote), 'https://github.com/acme/dojo-portal');
    });
  }

  for (const remote of ['/srv/git/dojo-portal.git', 'file:///srv/x.git', '']) {
    it(`is none of ${JSON.stringify(remote)}`, () => {
      assert.equal(addressOf(remote), undefined);
    });
  }
});

describe('sourceFields', () => {
  it('lead to the folder of the package', () => {
    assert.deepEqual(
      sourceFields('https://github.com/acme/dojo-portal', 'plugins/dojo'),
      {
        homepage:
          'https://github.com/acme/dojo-portal/tree/main/plugins/dojo#readme',
        repository: {
          type: 'git',
          url: 'git+https://github.com/acme/dojo-portal.git',
          directory: 'plugins/dojo',
        },
        bugs: { url: 'https://github.com/acme/dojo-portal/issues' },
      },
    );
  });
});
