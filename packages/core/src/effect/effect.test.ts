import { settle } from './effect';
import type { Effect, Found } from './effect';
import type { Outcome } from 'backstage-plugin-dojo-common';

/** A system that holds one value under each key, and can lose replies. */
class FakeSystem {
  readonly held = new Map<string, string>();
  writes = 0;

  effect(key: string, planned: string, fault?: 'before' | 'after'): Effect {
    return {
      key,
      find: async (): Promise<Found> => {
        const value = this.held.get(key);
        if (value === undefined) return { kind: 'absent' };
        if (value === planned) return { kind: 'as-planned' };
        return {
          kind: 'different',
          detail: `holds ${value}, planned ${planned}`,
        };
      },
      create: async () => {
        if (fault === 'before') throw new Error('connection refused');
        this.writes += 1;
        this.held.set(key, planned);
        if (fault === 'after') throw new Error('connection reset');
      },
    };
  }
}

const { signal } = new AbortController();
const kinds = (outcomes: Outcome[]) => outcomes.map(outcome => outcome.kind);

describe('settle', () => {
  it('creates what is absent', async () => {
    const system = new FakeSystem();
    expect(
      kinds(await settle([system.effect('tag', 'v1')], { signal })),
    ).toEqual(['done']);
    expect(system.held.get('tag')).toBe('v1');
  });

  describe('when an earlier run already made it', () => {
    it('adopts it without writing', async () => {
      const system = new FakeSystem();
      system.held.set('tag', 'v1');
      expect(
        kinds(await settle([system.effect('tag', 'v1')], { signal })),
      ).toEqual(['already-done']);
      expect(system.writes).toBe(0);
    });
  });

  describe('when the reply is lost', () => {
    it('believes the system', async () => {
      const system = new FakeSystem();
      expect(
        kinds(await settle([system.effect('tag', 'v1', 'after')], { signal })),
      ).toEqual(['done']);
    });
  });

  describe('when the system refuses', () => {
    it('names the cause and attempts nothing after it', async () => {
      const system = new FakeSystem();
      const outcomes = await settle(
        [
          system.effect('image', 'v1'),
          system.effect('refs', 'v1', 'before'),
          system.effect('release', 'v1'),
        ],
        { signal },
      );
      expect(kinds(outcomes)).toEqual(['done', 'failed', 'not-attempted']);
      expect(outcomes[1]).toMatchObject({
        error: {
          code: 'EFFECT_NOT_EFFECTIVE',
          message: 'refs did not come about: connection refused',
        },
      });
      expect(system.held.has('release')).toBe(false);
    });
  });

  describe('when somebody else holds the key', () => {
    it('leaves theirs alone', async () => {
      const system = new FakeSystem();
      system.held.set('tag', 'v0');
      expect(
        await settle([system.effect('tag', 'v1')], { signal }),
      ).toMatchObject([
        {
          kind: 'failed',
          error: {
            code: 'EFFECT_CONFLICT',
            message: 'tag holds v0, planned v1',
            hint: 'Somebody else was first; plan again to see what is there now.',
          },
        },
      ]);
      expect(system.held.get('tag')).toBe('v0');
    });
  });

  describe('when the system still works on it', () => {
    it('waits there, and attempts nothing after it', async () => {
      const system = new FakeSystem();
      const building: Effect = {
        key: 'image',
        find: async () => ({ kind: 'pending', detail: 'not built yet' }),
        create: async () => {
          throw new Error('never called');
        },
      };
      const outcomes = await settle([building, system.effect('refs', 'v1')], {
        signal,
      });
      expect(outcomes).toEqual([
        { kind: 'waiting', key: 'image', detail: 'not built yet' },
        { kind: 'not-attempted', key: 'refs' },
      ]);
      expect(system.writes).toBe(0);
    });
  });

  describe('when a run is cut and run again', () => {
    const keys = ['image', 'refs', 'release'];

    it.each([0, 1, 2])(
      'ends in the same state after a cut before effect %d',
      async cut => {
        const system = new FakeSystem();
        const plan = keys.map(key => system.effect(key, 'v1'));

        await settle(plan.slice(0, cut), { signal });
        const outcomes = await settle(plan, { signal });

        expect(kinds(outcomes)).toEqual(
          keys.map((_, i) => (i < cut ? 'already-done' : 'done')),
        );
        expect([...system.held]).toEqual(keys.map(key => [key, 'v1']));
        expect(system.writes).toBe(3);
      },
    );
  });

  describe('when aborted', () => {
    it('throws the reason and writes nothing', async () => {
      const system = new FakeSystem();
      const aborted = AbortSignal.abort(new Error('cancelled by user'));
      await expect(
        settle([system.effect('tag', 'v1')], { signal: aborted }),
      ).rejects.toThrow('cancelled by user');
      expect(system.writes).toBe(0);
    });
  });
});
