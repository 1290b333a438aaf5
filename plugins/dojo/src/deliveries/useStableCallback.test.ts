import { renderHook } from '@testing-library/react';
import { useStableCallback } from './useStableCallback';

describe('useStableCallback', () => {
  it('stays the same function, and does what the newest one does', () => {
    const done: string[] = [];
    const { result, rerender } = renderHook(
      ({ name }) =>
        useStableCallback((what: string) => done.push(`${name} ${what}`)),
      { initialProps: { name: 'first' } },
    );
    const { current } = result;

    rerender({ name: 'second' });

    expect(result.current).toBe(current);
    current('click');
    expect(done).toEqual(['second click']);
  });
});
