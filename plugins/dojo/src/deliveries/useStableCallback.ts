import { useCallback, useEffect, useRef } from 'react';

/**
 * The same function for as long as the component is shown, which calls the newest `callback`: what is handed to the rows
 * must not make all of them be drawn anew for an address that they do not show. For events, not while drawing.
 */
export function useStableCallback<TArguments extends readonly unknown[]>(
  callback: (...args: TArguments) => void,
): (...args: TArguments) => void {
  const newest = useRef(callback);
  useEffect(() => {
    newest.current = callback;
  });
  return useCallback((...args) => newest.current(...args), []);
}
