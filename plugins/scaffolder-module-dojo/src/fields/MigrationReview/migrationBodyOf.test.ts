import { migrationBodyOf } from './migrationBodyOf';

const chosen = { component: 'component:default/ledger', environment: 'dev' };

describe('migrationBodyOf', () => {
  it.each([
    undefined,
    {},
    { ...chosen, component: '' },
    { ...chosen, component: 7 },
    { ...chosen, environment: '' },
    { component: 'component:default/ledger' },
  ])('has no body for %j', formData => {
    expect(migrationBodyOf(formData)).toBeUndefined();
  });

  const everything = {
    ...chosen,
    backup: 'latest',
    version: '0.3.0',
    order: 'ddl-first',
    keepBackups: 5,
    skipCacheRebuild: false,
    advanced: true,
    review: { planHash: 'x' },
  };

  it.each([
    [
      'migrate',
      {
        version: '0.3.0',
        order: 'ddl-first',
        keepBackups: 5,
        skipCacheRebuild: false,
      },
    ],
    ['restore', { operation: 'restore', backup: 'latest' }],
    ['rebuild-caches', { operation: 'rebuild-caches', version: '0.3.0' }],
  ] as const)(
    'takes for %s what that operation takes, and nothing else of the form',
    (operation, choices) => {
      expect(migrationBodyOf(everything, operation)).toEqual({
        ...chosen,
        ...choices,
      });
      expect(migrationBodyOf({ ...everything, operation })).toEqual({
        ...chosen,
        ...choices,
      });
    },
  );

  it('does what the template is for, whatever the form says', () => {
    expect(
      migrationBodyOf({ ...everything, operation: 'restore' }, 'migrate'),
    ).not.toHaveProperty('backup');
  });

  it('leaves out what is empty, and migrates where nothing is said', () => {
    expect(
      migrationBodyOf({ ...chosen, version: '', order: undefined }),
    ).toEqual(chosen);
  });
});
