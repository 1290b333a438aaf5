import { createDeadline } from './createDeadline';

describe('createDeadline', () => {
  const late = new Error('late');
  const { signal } = new AbortController();
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['2h', 7_200_000],
    // What Node cannot wait for is cut, not forgotten.
    ['9999h', 2_147_483_647],
  ])('aborts after %s', (duration, milliseconds) => {
    const deadline = createDeadline(signal, duration, () => late);
    jest.advanceTimersByTime(milliseconds - 1);
    expect(deadline.signal.aborted).toBe(false);
    jest.advanceTimersByTime(1);
    expect(deadline.signal.reason).toBe(late);
  });

  it('aborts with the signal it is made of', () => {
    const abort = new AbortController();
    const deadline = createDeadline(abort.signal, '1h', () => late);
    abort.abort('cancelled');
    expect(deadline.signal.reason).toBe('cancelled');
    deadline.clear();
  });

  it('lets go of the clock', () => {
    createDeadline(signal, '1h', () => late).clear();
    expect(jest.getTimerCount()).toBe(0);
  });
});
