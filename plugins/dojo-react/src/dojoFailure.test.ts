import { DojoError } from 'backstage-plugin-dojo-common';
import { toDojoFailure } from './dojoFailure';

describe('toDojoFailure', () => {
  it.each([
    ['unavailable', true],
    ['conflict', true],
    ['denied', false],
    ['input', false],
    ['refused', false],
    ['not-found', false],
  ] as const)(
    'keeps the hint of an error of ours that is %s, and whether it may pass: %s',
    (kind, mayPass) => {
      const error = new DojoError({
        code: 'GIT_DENIED',
        kind,
        message: 'it failed',
        hint: 'Wait.',
      });
      expect(toDojoFailure(error)).toEqual({
        code: 'GIT_DENIED',
        message: 'it failed',
        hint: 'Wait.',
        denied: kind === 'denied',
        mayPass,
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
      mayPass: true,
    });
  });
});
