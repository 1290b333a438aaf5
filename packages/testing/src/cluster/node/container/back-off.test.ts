import { backOffAfter, kubeletBackOff } from './back-off';

describe('backOffAfter', () => {
  it('doubles from 10 seconds to 5 minutes, as the kubelet does', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 1000].map(
      failures => backOffAfter(failures, kubeletBackOff) / 1000,
    );
    expect(waits).toEqual([10, 20, 40, 80, 160, 300, 300, 300]);
  });
});
