import { DojoClient } from 'backstage-plugin-dojo-common';
import {
  migrationBody,
  operation,
  plannedMigration,
} from 'backstage-plugin-dojo-common/testUtils';
import {
  dojoFailure,
  planBackend,
  type Answerer,
  type PlanAnswer,
} from '../../__testUtils__/planBackend';
import { rehearse } from './rehearse';

const done = operation({ state: 'done', result: plannedMigration() });
const unavailable = dojoFailure({
  code: 'X',
  kind: 'unavailable',
  message: 'the backend starts again',
});

/** Rehearses against a backend that starts op-1 and answers each look at it with the next of `looks`, the last for ever. */
function begin(
  looks: ReadonlyArray<PlanAnswer | Promise<PlanAnswer>>,
  others: { start?: Answerer; stop?: PlanAnswer } = {},
) {
  const left = [...looks];
  const backend = planBackend((body, request) => {
    if (request.method === 'POST') {
      return others.start?.(body, request) ?? { body: operation() };
    }
    if (request.method === 'DELETE') {
      return others.stop ?? { body: operation({ state: 'failed' }) };
    }
    return left.length > 1 ? left.shift()! : left[0];
  });
  const controller = new AbortController();
  const onProgress = jest.fn();
  const end = rehearse(
    new DojoClient({
      discoveryApi: { getBaseUrl: async () => '/api/dojo' },
      fetchApi: backend,
    }),
    migrationBody,
    { signal: controller.signal, onProgress },
  );
  // Told apart from a rejection that nobody looks at yet.
  end.catch(() => {});
  const seen = () =>
    backend.requests.map(({ method, url }) => `${method} ${url}`);
  return { end, controller, onProgress, seen };
}

const started = 'POST /api/dojo/rehearsals/migration';
const looked = 'GET /api/dojo/operations/op-1';
const stopped = 'DELETE /api/dojo/operations/op-1';

describe('rehearse', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('follows the operation to its end, with its lines', async () => {
    const run = begin([
      { body: operation({ lines: ['copies the database'] }) },
      { body: done },
    ]);
    await jest.advanceTimersByTimeAsync(1_000);

    expect(await run.end).toEqual({ kind: 'ended', operation: done });
    expect(run.onProgress.mock.calls).toEqual([
      [{ lines: [], elapsed: 0 }],
      [{ lines: ['copies the database'], elapsed: 250 }],
    ]);
    expect(run.seen()).toEqual([started, looked, looked]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('looks less often the longer it takes, at least every two seconds', async () => {
    const run = begin([{ body: operation() }]);
    await jest.advanceTimersByTimeAsync(60_000);

    const looks = run.seen().length - 1;
    expect(looks).toBeGreaterThan(29);
    expect(looks).toBeLessThan(38);
    run.controller.abort();
    await run.end;
  });

  describe('when it is cancelled', () => {
    it('stops at once, and tells the backend', async () => {
      const run = begin([{ body: operation() }]);
      await jest.advanceTimersByTimeAsync(400);
      run.controller.abort();

      expect(await run.end).toEqual({ kind: 'cancelled' });
      expect(run.seen()).toEqual([started, looked, stopped]);
      expect(jest.getTimerCount()).toBe(0);
    });

    it('reports the end that was there before', async () => {
      const run = begin([{ body: operation() }], { stop: { body: done } });
      await jest.advanceTimersByTimeAsync(400);
      run.controller.abort();

      expect(await run.end).toEqual({ kind: 'ended', operation: done });
    });

    it('stops what was still being started', async () => {
      let answer = (_: PlanAnswer) => {};
      const run = begin([], {
        start: () =>
          new Promise<PlanAnswer>(resolve => {
            answer = resolve;
          }),
      });
      await jest.advanceTimersByTimeAsync(0);
      run.controller.abort();
      answer({ body: operation() });

      expect(await run.end).toEqual({ kind: 'cancelled' });
      expect(run.seen()).toEqual([started, stopped]);
    });

    it('says so where the backend cannot be told', async () => {
      const run = begin([{ body: operation() }], { stop: unavailable });
      await jest.advanceTimersByTimeAsync(400);
      run.controller.abort();

      await expect(run.end).rejects.toThrow('the backend starts again');
    });
  });

  it('gives up after 35 minutes, and tells the backend', async () => {
    const run = begin([{ body: operation() }]);
    await jest.advanceTimersByTimeAsync(35 * 60_000 + 4_000);

    expect(await run.end).toEqual({ kind: 'overdue' });
    expect(run.seen().at(-1)).toBe(stopped);
  });

  it('looks again where the backend is away for a while', async () => {
    const run = begin([
      ...Array.from({ length: 5 }, () => unavailable),
      { body: operation() },
      unavailable,
      { body: done },
    ]);
    await jest.advanceTimersByTimeAsync(20_000);

    expect(await run.end).toEqual({ kind: 'ended', operation: done });
  });

  it.each([
    ['stays away', unavailable, 6],
    [
      'knows it no longer',
      dojoFailure({ code: 'Y', kind: 'not-found', message: 'no such thing' }),
      1,
    ],
  ])('throws where the backend %s', async (_, answer, looks) => {
    const run = begin([answer]);
    await jest.advanceTimersByTimeAsync(20_000);

    await expect(run.end).rejects.toMatchObject({ name: 'DojoError' });
    expect(run.seen()).toEqual([
      started,
      ...Array.from({ length: looks }, () => looked),
      stopped,
    ]);
  });

  it('throws where it cannot be started, and has nothing to stop', async () => {
    const run = begin([], {
      start: () =>
        dojoFailure({ code: 'D', kind: 'denied', message: 'you may not' }),
    });

    await expect(run.end).rejects.toThrow('you may not');
    expect(run.seen()).toEqual([started]);
  });
});
