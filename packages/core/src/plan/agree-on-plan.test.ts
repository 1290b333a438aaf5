import { agreeOnPlan } from './agree-on-plan';

const [one, two, three] = ['1', '2', '3'].map(digit => digit.repeat(64));
const sources = 'The tea or the cake';

describe('agreeOnPlan', () => {
  it.each([
    ['no plan was reviewed', undefined, undefined, 'same'],
    ['no plan was reviewed, and one was carried out', undefined, two, 'same'],
    ['the plan is the reviewed one', one, undefined, 'same'],
    ['the plan is the reviewed one, after another', one, two, 'same'],
    ['the reviewed one was carried out', two, two, 'carried-out'],
  ] as const)('agrees where %s', (_when, reviewed, carriedOut, expected) => {
    expect(agreeOnPlan({ reviewed, now: one, carriedOut, sources })).toBe(
      expected,
    );
  });

  it.each([undefined, three])(
    'refuses another plan than the reviewed one, where %s was carried out',
    carriedOut => {
      expect(() =>
        agreeOnPlan({ reviewed: two, now: one, carriedOut, sources }),
      ).toThrow(
        expect.objectContaining({
          code: 'PLAN_CHANGED',
          kind: 'conflict',
          message:
            'The plan changed since your review: 222222222222 was reviewed, 111111111111 is the plan made now',
          hint: 'The tea or the cake changed; plan again.',
        }),
      );
    },
  );
});
