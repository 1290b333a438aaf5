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

  it('takes the choices that are filled in, and nothing else of the form', () => {
    expect(
      migrationBodyOf({
        ...chosen,
        operation: 'restore',
        backup: 'latest',
        version: '',
        order: undefined,
        keepBackups: 5,
        skipCacheRebuild: false,
        advanced: true,
        review: { planHash: 'x' },
      }),
    ).toEqual({
      ...chosen,
      operation: 'restore',
      backup: 'latest',
      keepBackups: 5,
      skipCacheRebuild: false,
    });
  });
});
