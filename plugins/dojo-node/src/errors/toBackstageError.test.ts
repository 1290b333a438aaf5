import { serializeError } from '@backstage/errors';
import { DojoError, DojoErrorKind } from 'backstage-plugin-dojo-common';
import { toBackstageError } from './toBackstageError';

const dojoError = (kind: DojoErrorKind) =>
  new DojoError({
    code: 'GIT_DENIED',
    kind,
    message: 'something is so',
    hint: 'Do that.',
    cause: new Error('vendor said hunter2'),
  });

describe('toBackstageError', () => {
  it.each([
    ['input', 'InputError'],
    ['refused', 'ConflictError'],
    ['conflict', 'ConflictError'],
    ['not-found', 'NotFoundError'],
    ['denied', 'NotAllowedError'],
    ['unavailable', 'ServiceUnavailableError'],
  ] as const)('maps %s to %s', (kind, name) => {
    expect(toBackstageError(dojoError(kind))).toMatchObject({
      name,
      message: 'something is so (GIT_DENIED) — Do that.',
    });
  });

  it('carries code, sentence and hint into the error response, and no cause', () => {
    const error = toBackstageError(dojoError('conflict')) as Error;
    expect(serializeError(error)).toEqual({
      name: 'ConflictError',
      message: 'something is so (GIT_DENIED) — Do that.',
      dojo: {
        code: 'GIT_DENIED',
        kind: 'conflict',
        message: 'something is so',
        hint: 'Do that.',
      },
    });
  });

  it('has no stack trace, which the task log would show', () => {
    expect(toBackstageError(dojoError('denied'))).toHaveProperty(
      'stack',
      'NotAllowedError: something is so (GIT_DENIED) — Do that.',
    );
  });

  it('leaves other errors as they are', () => {
    const error = new TypeError('a bug');
    expect(toBackstageError(error)).toBe(error);
    expect(toBackstageError(undefined)).toBeUndefined();
  });
});
