import { isAllowed } from './isAllowed';
import { repositoryName } from './repositoryName';

describe('isAllowed', () => {
  it.each([
    ['https://github.com/acme/*', 'https://github.com/acme/ledger', true],
    ['https://github.com/acme/*', 'https://github.com/acme/a/b', false],
    ['https://github.com/acme/*', 'https://github.com/acmes/ledger', false],
    ['https://github.com/acme/*', 'http://github.com/acme/ledger', false],
    ['https://github.com/a.me/*', 'https://github.com/acme/ledger', false],
    ['file:*', 'file:ledger', true],
    ['file:*', 'file:other/ledger', false],
    ['ghcr.io/acme/ledger', 'ghcr.io/acme/ledger', true],
    ['ghcr.io/acme/ledger', 'ghcr.io/acme/ledger-2', false],
  ])('with %s, of %s is %s', (pattern, name, allowed) => {
    expect(isAllowed(name, undefined, [{ pattern }])).toBe(allowed);
  });

  it('is for the components of the owner alone, where it names one', () => {
    const entries = [{ pattern: 'file:*', owner: 'group:default/accounting' }];

    expect(isAllowed('file:a', 'group:default/accounting', entries)).toBe(true);
    expect(isAllowed('file:a', 'group:default/other', entries)).toBe(false);
    expect(isAllowed('file:a', undefined, entries)).toBe(false);
  });
});

describe('repositoryName', () => {
  it.each([
    ['https://GitHub.com/Acme/Ledger.git/', 'https://github.com/acme/ledger'],
    ['https://bot:secret@github.com/acme/x', 'https://github.com/acme/x'],
    ['https://github.com@evil.test/acme/x', 'https://evil.test/acme/x'],
    ['https://github.com/acme/../evil/x', 'https://github.com/evil/x'],
    ['git@github.com:acme/ledger.git', 'https://github.com/acme/ledger'],
    ['ssh://git@github.com/acme/ledger', 'https://github.com/acme/ledger'],
    ['file:Ledger.git', 'file:Ledger'],
    ['https://github.com/acme/x?y', undefined],
    ['https:///acme', 'https://acme/'],
    ['http://github.com/acme/x', 'http://github.com/acme/x'],
    ['https://*.acme.test/Team/*', 'https://*.acme.test/team/*'],
    ['nothing', undefined],
    ['ext::sh -c id', undefined],
    ['--upload-pack=touch /tmp/x', undefined],
    ['/etc', undefined],
  ])('of %s is %s', (address, name) => {
    expect(repositoryName(address)).toBe(name);
  });
});
