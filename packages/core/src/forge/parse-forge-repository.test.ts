import { parseForgeRepository } from './parse-forge-repository';

describe('parseForgeRepository', () => {
  it.each([
    'https://github.com/acme/ledger',
    'https://github.com/acme/ledger.git',
    'https://GitHub.com/acme/ledger/',
    'https://user:secret@github.com/acme/ledger.git',
    'ssh://git@github.com:22/acme/ledger.git',
    'git@github.com:acme/ledger.git',
    'github.com:acme/ledger',
  ])('reads %s', address => {
    expect(parseForgeRepository(address)).toEqual({
      host: 'github.com',
      owner: 'acme',
      name: 'ledger',
    });
  });

  it('keeps the port of a server on the web', () => {
    expect(
      parseForgeRepository('http://127.0.0.1:8080/acme/ledger.git')?.host,
    ).toBe('127.0.0.1:8080');
  });

  it.each([
    '/srv/ledger.git',
    'file:///srv/acme/ledger.git',
    'file:ledger.git',
    'https://github.com/acme',
    'https://github.com/acme/ledger/tree/main',
    'https://github.com/acme/..',
    'https://github.com/-acme/ledger',
    'https://github.com/acme/led ger',
    'https://github.com/acme/ledger?x=/../..',
    '',
  ])('knows no repository in "%s"', address => {
    expect(parseForgeRepository(address)).toBeUndefined();
  });
});
