import { mockServices } from '@backstage/backend-test-utils';
import type { SourceMark } from '../store/IndexedComponent';
import { SourceReading } from './SourceReading';

const { signal } = new AbortController();
const source = 'repository:component:default/ledger';

/** What may be read, and the readings of it that somebody has to let go on. */
function world() {
  const marks = new Map<string, SourceMark>();
  const reading = new SourceReading({
    index: {
      marks: async names =>
        new Map(
          names.flatMap(name => {
            const mark = marks.get(name);
            return mark ? [[name, mark] as const] : [];
          }),
        ),
      putMarks: async all => all.forEach(mark => marks.set(mark.source, mark)),
    },
    clock: { now: () => new Date('2026-12-01T08:00:00Z') },
    chance: () => 0.5,
    logger: mockServices.logger.mock(),
  });
  let there = 'old';
  const seen: string[] = [];
  const held: (() => void)[] = [];
  const read = async () => {
    const now = there;
    await new Promise<void>(go => {
      held.push(go);
    });
    seen.push(now);
  };
  /** Lets the readings end one after the other, until there is none. */
  const letGo = async (all: Promise<unknown>) => {
    let isOver = false;
    const over = all.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      held.shift()?.();
      await new Promise(go => {
        setImmediate(go);
      });
    }
    await over;
  };
  return {
    seen,
    attempt: () => reading.attempt('repository', source, signal, read),
    attemptAnew: () => reading.attemptAnew('repository', source, signal, read),
    begun: async () => {
      while (held.length === 0) {
        await new Promise(go => {
          setImmediate(go);
        });
      }
    },
    change: () => {
      there = 'new';
    },
    letGo,
  };
}

describe('SourceReading', () => {
  it('reads once for all who ask while it reads', async () => {
    const { attempt, begun, change, letGo, seen } = world();
    const first = attempt();
    await begun();
    change();
    await letGo(Promise.all([first, attempt(), attempt()]));
    expect(seen).toEqual(['old']);
  });

  it('reads once more, once for all who know meanwhile that something has changed', async () => {
    const { attempt, attemptAnew, begun, change, letGo, seen } = world();
    const first = attempt();
    await begun();
    change();
    const after = [attemptAnew(), attemptAnew()];
    await letGo(Promise.all([first, ...after]));
    expect(seen).toEqual(['old', 'new']);
    expect(await Promise.all(after)).toEqual([true, true]);
    await letGo(attemptAnew());
    expect(seen).toEqual(['old', 'new', 'new']);
  });
});
