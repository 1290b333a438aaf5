import { planHash } from './__testUtils__/tasks';
import type { StartRunRequest } from './Runs';
import { templateOf, valuesOfRun } from './valuesOfRun';

const component = 'component:default/ledger';
const of = { component, planHash } as const;

describe('valuesOfRun', () => {
  it('sends what the form of a release sends', () => {
    const reviewed = { planHash, version: '0.4.0', date: '2026-11-30' };
    expect(
      valuesOfRun({ ...of, verb: 'release' }, component, reviewed),
    ).toEqual({ component, bump: 'auto', review: reviewed });
  });

  it.each([
    [{ version: 'v0.4.0' }, { intent: 'version', version: 'v0.4.0' }],
    [{ promoteFrom: 'dev' }, { intent: 'promote', promoteFrom: 'dev' }],
    [
      { rollbackTo: 'previous' },
      { intent: 'rollback', rollbackTo: 'previous' },
    ],
  ])('says of a deployment what is to be done: %j', (chosen, intent) => {
    const request: StartRunRequest = {
      ...of,
      verb: 'deployment',
      environment: 'staging',
      ...chosen,
    };
    expect(
      valuesOfRun(request, component, { planHash, what: 'Deploy' }),
    ).toEqual({
      component,
      environment: 'staging',
      ...intent,
      review: { planHash, what: 'Deploy' },
    });
  });

  it('chooses the template of what is done to a database', () => {
    const migration = { ...of, verb: 'migration', environment: 'dev' } as const;
    expect(templateOf(migration)).toBe('migrate');
    expect(templateOf({ ...migration, operation: 'restore' })).toBe('restore');
    expect(templateOf({ ...migration, operation: 'rebuild-caches' })).toBe(
      'rebuildCaches',
    );
    expect(
      valuesOfRun({ ...migration, version: '0.4.0' }, component, { planHash }),
    ).toEqual({
      component,
      environment: 'dev',
      version: '0.4.0',
      review: { planHash },
    });
  });
});
