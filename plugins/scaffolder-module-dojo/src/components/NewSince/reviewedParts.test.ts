import { plannedShipment } from 'backstage-plugin-dojo-common/testUtils';
import { partName, partsOfShipment } from './reviewedParts';

describe('partsOfShipment', () => {
  it('names the commits, effects, migrations and lines of all its plans', () => {
    const plan = plannedShipment();
    const parts = partsOfShipment(plan);
    const [commit] = plan.release.plan.shows.commits;
    expect(parts).toContain(partName.commit(commit.sha ?? ''));
    const { migration, deployment } = plan;
    if (migration.kind !== 'planned' || deployment.kind !== 'planned') {
      throw new Error('all are planned');
    }
    expect(parts).toContain(
      partName.migration(migration.result.plan.shows.migrations[0].id),
    );
    const [diff] = deployment.result.plan.shows.diffs;
    expect(parts).toContain(partName.line(diff.path, diff.lines[0]));
  });

  it('has nothing of what is not planned', () => {
    const none = { kind: 'none' as const, reason: 'none' };
    const parts = partsOfShipment(
      plannedShipment({ migration: none, deployment: none }),
    );
    expect(parts.filter(part => part.startsWith('migration'))).toEqual([]);
  });
});
