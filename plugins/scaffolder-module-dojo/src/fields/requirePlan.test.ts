import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { requirePlan } from './requirePlan';

type Value = { planHash: string };

const problemsOf = (value: Value | undefined) => {
  const addError = jest.fn();
  const validate: CustomFieldValidator<Value | undefined> = requirePlan<Value>(
    'releaseReview.blocked',
  );
  validate(
    value,
    { addError } as unknown as Parameters<typeof validate>[1],
    { apiHolder: { get: () => undefined } } as unknown as Parameters<
      typeof validate
    >[2],
  );
  return addError.mock.calls.flat();
};

describe('requirePlan', () => {
  it('keeps a form from going on that has no plan, whoever submits it', () => {
    expect(problemsOf(undefined)).toEqual([
      expect.stringMatching(/^has no plan that can run/),
    ]);
    expect(problemsOf({} as Value)).toHaveLength(1);
  });

  it('lets a reviewed plan pass', () => {
    expect(problemsOf({ planHash: 'a' })).toEqual([]);
  });
});
