import { watchDisk } from './watch-disk';

describe('watchDisk', () => {
  it('knows the most there was, also once it is gone', async () => {
    const sizes = [10, 300, 20];
    const watch = watchDisk({ usage: async () => sizes.shift() ?? 0 });
    try {
      await watch.look();
      await watch.look();
      await watch.look();
      expect(await watch.look()).toBe(300);
    } finally {
      watch.stop();
    }
  });
});
