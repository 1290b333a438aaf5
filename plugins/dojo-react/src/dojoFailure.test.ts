import { DojoError } from 'backstage-plugin-dojo-common';
import { toDojoFailure } from './dojoFailure';

describe('toDojoFailure', () => {
  it.each(['denied', 'unavailable'] as const)(
    'keeps the hint of an error of ours, and whether it is %s',
    kind => {
      const error = new DojoError({
        code: 'GIT_DENIED',
        kind,
        message: 'it failed',
        hint: 'Wait.',
      });
      expect(toDojoFailure(error)).toEqual({
        message: 'it failed',
        hint: 'Wait.',
        denied: kind === 'denied',
      });
    },
  );

  it.each([
    [new Error('x is undefined'), 'x is undefined'],
    ['a text', 'a text'],
  ])('shows the message of any other: %s', (error, message) => {
    expect(toDojoFailure(error)).toEqual({
      message,
      hint: undefined,
      denied: false,
    });
  });
});
