import {
  DojoError,
  MigrationResult,
  OperationOf,
} from 'backstage-plugin-dojo-common';
import {
  migrationBody,
  plannedMigration,
} from 'backstage-plugin-dojo-common/testUtils';
import { toErrorJson } from '../errors/toErrorJson';
import { operationErrors } from './operationErrors';
import {
  maxKeptCharacters,
  maxRunning,
  Operations,
  OperationWork,
} from './Operations';

const { component, environment } = migrationBody;
const subject = { meta: { component, environment }, toSee: [], toCancel: [] };
const result = plannedMigration();
type Work = OperationWork<MigrationResult, OperationOf<'migration-rehearsal'>>;
const workOf = (run: Work['run']): Work => ({
  subject,
  run,
  show: progress => ({ kind: 'migration-rehearsal', ...progress }),
  toCancelled: () =>
    operationErrors.operationCancelled({
      what: 'the rehearsal',
      left: 'the database is as it was',
    }),
});
const never = workOf(() => new Promise(() => {}));

describe('Operations', () => {
  let now = new Date('2026-11-22T07:00:00Z');
  let operations: Operations;
  beforeEach(() => {
    operations = new Operations({
      clock: { now: () => now },
      toError: toErrorJson,
    });
  });
  const later = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000);
  };
  const startEnded = async () => {
    const { operation, ended } = operations.start(workOf(async () => result));
    await ended;
    return operation.id;
  };

  it('shows work while it runs, with its last lines', () => {
    const { id } = operations.start(
      workOf(({ log }) => {
        for (let at = 1; at <= 300; at++) log(`line ${at}`);
        log('x'.repeat(5_000));
        return new Promise(() => {});
      }),
    ).operation;
    const shown = operations.show(id);
    expect(shown).toMatchObject({
      kind: 'migration-rehearsal',
      id,
      state: 'running',
      startedAt: '2026-11-22T07:00:00.000Z',
    });
    expect(shown.lines).toHaveLength(200);
    expect(shown.lines[0]).toBe('line 102');
    expect(shown.lines[199]).toHaveLength(1_000);
    expect(operations.subjectOf(id)).toEqual(subject);
  });

  it('shows its result', async () => {
    const id = await startEnded();
    expect(operations.show(id)).toMatchObject({ state: 'done', result });
  });

  it.each([
    [
      new DojoError({
        code: 'GIT_DENIED',
        kind: 'refused',
        message: 'no',
        hint: 'h',
      }),
      { code: 'GIT_DENIED', kind: 'refused', message: 'no', hint: 'h' },
    ],
    [
      new Error('disk on fire'),
      expect.objectContaining({
        code: 'UNEXPECTED',
        message: 'disk on fire',
      }),
    ],
  ])('shows why it failed: %s', async (thrown, error) => {
    const { operation, ended } = operations.start(
      workOf(async () => {
        throw thrown;
      }),
    );
    await expect(ended).rejects.toBe(thrown);
    expect(operations.show(operation.id)).toMatchObject({
      state: 'failed',
      error,
    });
  });

  it('cancels, in the words of the work', async () => {
    const { operation, ended } = operations.start(
      workOf(
        ({ signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
          }),
      ),
    );
    operations.cancel(operation.id);
    await expect(ended).rejects.toMatchObject({
      code: 'OPERATION_CANCELLED',
      kind: 'conflict',
      message: 'the rehearsal was cancelled; the database is as it was',
    });
    expect(operations.show(operation.id).state).toBe('failed');
  });

  it('leaves one as it is that has ended', async () => {
    const id = await startEnded();
    operations.cancel(id);
    expect(operations.show(id).state).toBe('done');
  });

  it('gives ids that say nothing', () => {
    const ids = [1, 2].map(() => operations.start(never).operation.id);
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it.each(['show', 'subjectOf', 'cancel'] as const)(
    '%s knows no other id',
    ask => {
      expect(() => operations[ask]('0'.repeat(32))).toThrow(
        expect.objectContaining({ code: 'OPERATION_NOT_FOUND' }),
      );
    },
  );

  it('forgets what ended an hour ago, and nothing that runs', async () => {
    const ended = await startEnded();
    const { id: running } = operations.start(never).operation;
    later(60);
    expect(operations.show(ended).state).toBe('done');
    later(1);
    expect(() => operations.show(ended)).toThrow('there is no operation');
    expect(operations.show(running).state).toBe('running');
  });

  it('keeps less where results are large, and always the newest', async () => {
    const reason = 'x'.repeat(maxKeptCharacters / 3);
    const large = plannedMigration({ reason });
    const startLarge = async () => {
      const { operation, ended } = operations.start(workOf(async () => large));
      await ended;
      return operation.id;
    };
    const running = operations.start(never).operation.id;
    const ids = [await startLarge(), await startLarge(), await startLarge()];
    expect(() => operations.show(ids[0])).toThrow('there is no operation');
    expect(ids.slice(1).map(id => operations.show(id).state)).toEqual([
      'done',
      'done',
    ]);
    expect(operations.show(running).state).toBe('running');
  });

  it('keeps the last hundred', async () => {
    const ids: string[] = [];
    for (let at = 0; at < 105; at++) ids.push(await startEnded());
    const kept = ids.filter(id => {
      try {
        return operations.show(id);
      } catch {
        return false;
      }
    });
    expect(kept).toEqual(ids.slice(5));
  });

  it('starts no more than a machine can take', () => {
    for (let at = 0; at < maxRunning; at++) operations.start(never);
    expect(() => operations.start(never)).toThrow(
      expect.objectContaining({
        code: 'OPERATIONS_TOO_MANY',
        kind: 'unavailable',
      }),
    );
  });
});
