import { watchDisk } from './watch-disk';

/** Sizes in their order, and the end of them. */
function sized(...sizes: readonly number[]) {
  let at = 0;
  let end: () => void = () => undefined;
  const ended = new Promise<void>(resolve => {
    end = resolve;
  });
  const usage = async () => {
    if (at >= sizes.length) end();
    at += 1;
    return sizes[at - 1] ?? 0;
  };
  return { usage, ended, looks: () => at };
}

describe('watchDisk', () => {
  it('knows the most there was, also once it is gone', async () => {
    const copy = sized(10, 300, 20);
    const watch = watchDisk(copy, { after: 0, every: 1 });
    await copy.ended;
    watch.stop();
    expect(watch.most()).toBe(300);
  });

  it('does not look at statements that are short', async () => {
    const short = sized();
    const long = sized(1, 1, 1);
    const watches = [
      watchDisk(short, { after: 60_000, every: 1 }),
      watchDisk(long, { after: 0, every: 1 }),
    ];
    await long.ended;
    watches.forEach(watch => watch.stop());
    expect(short.looks()).toBe(0);
  });
});
