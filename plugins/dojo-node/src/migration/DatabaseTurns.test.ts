import { DatabaseTurns } from './DatabaseTurns';

const { signal } = new AbortController();
const turn = (what: string, more: object = {}) => ({
  database: '/databases/a.duckdb',
  display: 'the database of a in dev',
  what,
  signal,
  ...more,
});

/** Work that ends when it is told to. */
function held() {
  let end: (value: string) => void = () => {};
  const started = jest.fn();
  const done = new Promise<string>(resolve => {
    end = resolve;
  });
  const work = async () => {
    started();
    return done;
  };
  return { work, end, started };
}

describe('DatabaseTurns', () => {
  it('lets one at a time, in the order they came', async () => {
    const turns = new DatabaseTurns();
    const order: string[] = [];
    const first = held();
    const all = [
      turns.run(turn('first'), first.work),
      turns.run(turn('second'), async () => order.push('second')),
      turns.run(turn('third'), async () => order.push('third')),
    ];
    await new Promise(setImmediate);
    expect(order).toEqual([]);
    first.end('done');
    await expect(all[0]).resolves.toBe('done');
    await Promise.all(all);
    expect(order).toEqual(['second', 'third']);
  });

  it('tells who waits, and only him, what runs', async () => {
    const turns = new DatabaseTurns();
    const first = held();
    const onFirst = jest.fn();
    const onSecond = jest.fn();
    const running = turns.run(
      turn('a rehearsal', { onWait: onFirst }),
      first.work,
    );
    const waiting = turns.run(
      turn('a migration', { onWait: onSecond }),
      async () => {},
    );
    expect(onSecond).toHaveBeenCalledWith(
      'the database of a in dev is in use by a rehearsal of this portal',
    );
    first.end('done');
    await Promise.all([running, waiting]);
    expect(onSecond).toHaveBeenCalledTimes(1);
    expect(onFirst).not.toHaveBeenCalled();
  });

  it('tells it in the words of what runs, with when that began', async () => {
    const now = () => new Date('2026-11-29T14:02:00Z');
    const turns = new DatabaseTurns({ now });
    const first = held();
    const tell = (since: Date) =>
      `dev database is being migrated since ${since.toISOString()}.`;
    const running = turns.run(turn('a migration', { tell }), first.work);
    await new Promise(setImmediate);
    await expect(
      turns.run(turn('a plan', { patience: 1 }), held().work),
    ).rejects.toMatchObject({
      message: 'dev database is being migrated since 2026-11-29T14:02:00.000Z.',
    });
    first.end('done');
    await running;
  });

  it('keeps no database waiting for another', async () => {
    const turns = new DatabaseTurns();
    const first = held();
    const running = turns.run(turn('first'), first.work);
    const other = { ...turn('other'), database: '/databases/b.duckdb' };
    await expect(turns.run(other, async () => 'b')).resolves.toBe('b');
    first.end('a');
    await running;
  });

  it('goes on after one that failed', async () => {
    const turns = new DatabaseTurns();
    const failing = turns.run(turn('first'), async () => {
      throw new Error('no');
    });
    const second = turns.run(turn('second'), async () => 'yes');
    await expect(failing).rejects.toThrow('no');
    await expect(second).resolves.toBe('yes');
  });

  describe('when patience ends', () => {
    it('names what is running, and nobody overtakes it', async () => {
      const turns = new DatabaseTurns();
      const first = held();
      const third = held();
      const running = turns.run(turn('a migration'), first.work);
      const impatient = turns.run(turn('a plan', { patience: 5 }), held().work);
      const waiting = turns.run(turn('a rehearsal'), third.work);
      await expect(impatient).rejects.toMatchObject({
        code: 'DATABASE_BUSY',
        kind: 'conflict',
        message:
          'the database of a in dev is in use by a migration of this portal',
      });
      await new Promise(setImmediate);
      expect(third.started).not.toHaveBeenCalled();
      first.end('');
      third.end('third');
      await running;
      await expect(waiting).resolves.toBe('third');
    });
  });

  describe('when aborted while it waits', () => {
    it('throws the reason, and does nothing', async () => {
      const turns = new DatabaseTurns();
      const first = held();
      const second = held();
      const abort = new AbortController();
      const running = turns.run(turn('first'), first.work);
      const waiting = turns.run(
        turn('second', { signal: abort.signal }),
        second.work,
      );
      abort.abort(new Error('cancelled'));
      await expect(waiting).rejects.toThrow('cancelled');
      first.end('');
      await running;
      await expect(turns.run(turn('third'), async () => 3)).resolves.toBe(3);
      expect(second.started).not.toHaveBeenCalled();
    });
  });
});
