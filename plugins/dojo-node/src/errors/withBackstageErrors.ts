import { toBackstageError } from './toBackstageError';

/** Does the work. @throws what it throws, as Backstage knows it: see {@link toBackstageError}. */
export async function withBackstageErrors<T>(
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toBackstageError(error);
  }
}
