import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type { AnswerState } from 'backstage-plugin-dojo-react';
import { useEffect, useMemo, useRef } from 'react';

/**
 * Gives the form the identity of the plan that is shown. While there is no plan to run (not yet, failed, nothing to
 * do) the form has no value, so that it cannot go on with an older one.
 *
 * @returns the value; undefined while there is none.
 */
export function useReviewedValue<TValue extends { planHash: string }, TResult>(
  props: Pick<FieldExtensionComponentProps<TValue>, 'formData' | 'onChange'>,
  state: AnswerState<TResult>,
  valueOf: (result: TResult) => TValue | undefined,
): TValue | undefined {
  const form = useRef(props);
  form.current = props;
  const value = useMemo(
    () => (state.kind === 'loaded' ? valueOf(state.result) : undefined),
    [state, valueOf],
  );
  useEffect(() => {
    const { formData, onChange } = form.current;
    // What the form itself gives an object without a value; `undefined` would be reported as a missing property
    // before the field's own validation can say what is wrong.
    const noValue = {} as TValue;
    if (!isSame(formData, value)) onChange(value ?? noValue);
  }, [value]);
  return value;
}

function isSame<TValue extends { planHash: string }>(
  held: TValue | undefined,
  value: TValue | undefined,
): boolean {
  if (held?.planHash === undefined || value === undefined) {
    return held?.planHash === value?.planHash;
  }
  return Object.entries(value).every(
    ([name, each]) => held[name as keyof TValue] === each,
  );
}
