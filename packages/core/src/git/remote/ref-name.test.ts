import { branchRef, isRefName } from './ref-name';

describe('isRefName', () => {
  it.each([
    'refs/heads/main',
    'refs/heads/dojo/ledger-dev',
    'refs/heads/føø',
    'refs/notes/dojo',
    'refs/tags/-x',
  ])('takes %s', name => expect(isRefName(name)).toBe(true));

  it.each([
    '',
    'main',
    'refs/heads',
    'refs/heads/',
    'heads/x/y',
    'refs/heads/--upload-pack=touch x',
    'refs/heads/-f',
    'refs/heads/HEAD',
    'refs/heads/a:refs/heads/b',
    'refs/heads/*',
    'refs/heads/a..b',
    'refs/heads/a.lock',
    'refs/heads/a.lock/b',
    'refs/heads/.a',
    'refs/heads/a.',
    'refs/heads/a//b',
    'refs/heads/a@{1}',
    'refs/heads/a\\b',
    'refs/heads/a b',
    'refs/heads/a\nb',
    `refs/heads/${'a'.repeat(300)}`,
  ])('refuses %j', name => expect(isRefName(name)).toBe(false));
});

describe('branchRef', () => {
  it('is the full name of a branch, or none', () => {
    expect(branchRef('dojo/ledger-dev')).toBe('refs/heads/dojo/ledger-dev');
    expect(branchRef('-f')).toBe(undefined);
  });
});
