import { planBodyOf } from './planBodyOf';

describe('planBodyOf', () => {
  it.each([undefined, {}, { component: '' }, { component: 7 }])(
    'has no body for %j',
    formData => {
      expect(planBodyOf(formData)).toBeUndefined();
    },
  );

  it('takes the component and the choices that are filled in', () => {
    expect(
      planBodyOf({
        component: 'component:default/ledger',
        bump: 'prerelease',
        preid: 'beta',
        sourceTag: '',
        movingTags: ['latest'],
        changelog: undefined,
      }),
    ).toEqual({
      component: 'component:default/ledger',
      bump: 'prerelease',
      preid: 'beta',
      movingTags: ['latest'],
    });
  });

  it('leaves out the date, its own value, and what the route does not know', () => {
    expect(
      planBodyOf({
        component: 'component:default/ledger',
        date: '2026-11-20',
        review: { planHash: 'x' },
        colour: 'blue',
      }),
    ).toEqual({ component: 'component:default/ledger' });
  });
});
