import {
  ago,
  landing,
  owner,
  release,
  sampleFacts,
} from '../__testUtils__/sample-facts';
import { withRuns } from './with-runs';

const applied = (planHash: string) => [
  { id: '0001_a', at: ago({ days: 1 }), planHash },
];
const database = (planHash: string) => ({
  level: { kind: 'level' as const, at: '0001_a' },
  applied: applied(planHash),
  restores: [],
});
const facts = () => ({
  ...sampleFacts({
    releases: [release('0.4.1', { planHash: 'r1' }), release('0.4.0')],
    landings: [
      landing('dev', '0.4.1', { planHash: 'd1' }),
      landing('dev', '0.4.0', { planHash: 'unknown' }),
    ],
    databases: { dev: database('m1') },
  }),
  ended: [
    { id: 'task:2', planHashes: ['r1'], by: { name: 'developer' } },
    { id: 'task:1', planHashes: ['r1', 'm1', 'd1'], by: owner },
  ],
});

describe('withRuns', () => {
  it('names the task of what carries its plan, the one that did it first', () => {
    const { repository, infra, databases } = withRuns(facts());
    if (repository.kind !== 'repository' || infra.kind !== 'infra') {
      throw new Error('both are known');
    }
    expect(repository.releases.map(({ run }) => run)).toEqual([
      'task:1',
      undefined,
    ]);
    expect(infra.landings.map(({ run }) => run)).toEqual(['task:1', undefined]);
    expect(databases.dev.applied.map(({ run }) => run)).toEqual(['task:1']);
  });

  it('says who asked for a release', () => {
    const { repository } = withRuns(facts());
    expect(repository).toMatchObject({
      releases: [{ by: owner }, { by: release('0.4.0').by }],
    });
  });

  it('leaves the facts as they are where no task is remembered', () => {
    const { ended: ignored, ...forgotten } = facts();
    expect(withRuns(forgotten)).toBe(forgotten);
  });
});
