import type { Delivery } from 'backstage-plugin-dojo-common';
import {
  before,
  deliveryEnvironment,
  deliveryLine,
  deliveryRelease,
  healthyDelivery,
  ledgerDelivery,
  notSetUpDelivery,
  silentDelivery,
  unreleasedDelivery,
  viewedDelivery,
} from 'backstage-plugin-dojo-common/testUtils';
import { reportStatus } from './report-status';

/** The lines of the section that begins with this line. */
function section(delivery: Delivery, begins: string): string[] {
  const sections = reportStatus(delivery).trimEnd().split('\n\n');
  return (sections.find(each => each.startsWith(begins)) ?? '').split('\n');
}

describe('reportStatus', () => {
  it('tells what needs somebody before all else, and what can be done at the end', () => {
    expect(reportStatus(ledgerDelivery())).toBe(`ledger, 14:03 UTC

Needs attention
  ▲ staging is down: 0.4.1 exits at start (code 1, 2 restarts). (since 14:02)
    0.4.0 ran here until 14:02.
    → Roll back to 0.4.0…
    | ValueError: unknown time zone "Rome"
  ! dev differs from git in 1 field. (since 14:00)
    Deploy 0.4.1 to dev again, or change git.
    → Deploy 0.4.1 to dev again…

Unreleased
  main: 3 commits
    Minor bump (0.4.1 -> 0.5.0): 1 feature
    commit   counts as                     subject
    a41d9e2  minor                         feat(budget): carry over last month
    9be1d52  patch                         fix(import): empty lines
    33fa77b  nothing: docs does not count  docs: how to import

Latest release
  0.4.1, released 13:43 by owner, image verified
  Needs database 0015
  https://forge.example/acme/ledger/releases/v0.4.1

dev: ● Healthy, 0.4.1
  landed 13:47 by owner
  Database 0015
  ≠ Drifted: 1 field differs from git: Deployment/ledger replicas 2 instead of 1, changed by kubectl 14:00.

staging: ▲ Down since 14:02: 0.4.1 exits at start (code 1, 2 restarts), nothing runs
  wanted 0.4.1, landed 13:58 by owner
  last ran 0.4.0
  Database 0015

production: ◌ Not observed: production has no cluster, 0.3.0
  landed 20 Nov 14:03, merged by developer, rolled back
  ⏳ 0.4.0 waits for a merge, requested by owner 12:03
    https://forge.example/acme/infra/pulls/18
  2 releases behind

What can be done
  where       what                          not now, because
  main        Release 0.5.0…
  dev         Ship 0.5.0 to dev…
  dev         Deploy 0.4.1 to dev again…
  dev         Restore a backup of dev…
  staging     Roll back to 0.4.0…
              Reject 0.4.1…
  production  Promote 0.4.1 to production…  staging is down.
  production  Review and merge 0.4.0…
`);
  });

  it('says that nothing needs attention, and that nothing was committed since', () => {
    const delivery = healthyDelivery();
    expect(section(delivery, 'Nothing')).toEqual(['Nothing needs attention.']);
    expect(section(delivery, 'Unreleased')).toEqual([
      'Unreleased',
      '  main: no commits since 0.4.0',
    ]);
  });

  it('tells of a component before its first release', () => {
    const delivery = unreleasedDelivery();
    expect(section(delivery, 'Unreleased').slice(1, 3)).toEqual([
      '  main: 5 commits, none released yet',
      '    First release: 0.1.0',
    ]);
    expect(section(delivery, 'Latest')[1]).toBe('  No release yet');
    expect(section(delivery, 'production')).toEqual([
      'production: ○ Not deployed, no version',
      '  No overlay yet',
    ]);
  });

  it('names a maintenance branch and what it has that the release branch has not', () => {
    const lines = [
      deliveryLine({ capped: true, count: 1_000 }),
      deliveryLine({
        branch: '0.3.x',
        commits: [],
        count: 1,
        omitted: 4,
        breaking: 1,
        notOnMain: 1,
        notOnMainSentence: '1 fix of this branch is not on main: fix: x.',
      }),
    ];
    const text = section(healthyDelivery({ lines }), 'Unreleased').join('\n');
    expect(text).toContain('main: over 1000 commits');
    expect(text).toMatch(
      /0\.3\.x: 1 commit\n {4}Breaking\n.*\n {4}1 fix of this branch is not on main/,
    );
  });

  it('says why the latest release may not be deployed', () => {
    const latest = deliveryRelease({
      breaking: true,
      image: { kind: 'none' },
      rejected: { reason: 'loses\nrows' },
      moved: { from: '1'.repeat(40), to: '2'.repeat(40) },
      unfinished: ['tag', 'image'],
    });
    expect(section(healthyDelivery({ latest }), 'Latest').slice(1, 6)).toEqual([
      '  0.4.1, released 13:43 by owner, no image',
      '  Breaking',
      '  Rejected: loses rows',
      '  v0.4.1 was moved from 111111… to 222222…; it is not deployed any more.',
      '  The release is unfinished: tag, image.',
    ]);
  });

  it('names who runs what since when, and where it is', () => {
    const running = [
      {
        id: 'task:1',
        kind: 'release' as const,
        version: '0.5.0',
        by: { name: 'owner' },
        via: 'agent' as const,
        startedAt: before(1, 'min'),
        step: 'Publish',
        url: '/create/tasks/1',
      },
    ];
    expect(section(healthyDelivery({ running }), 'Running')).toEqual([
      'Running now',
      '  ◐ 14:02  Release 0.5.0 is running, started by owner through an agent · Publish',
    ]);
  });

  it('tells of a source that does not answer, above all', () => {
    const text = reportStatus(silentDelivery());
    expect(text).toMatch(
      /^ledger, 14:03 UTC\n\nstaging's cluster has not answered since 14:01: connection refused\.\n {2}Is its API server running\?\n/,
    );
    expect(text).toContain('staging: ● Healthy, 0.4.0\n  as of 14:01\n');
  });

  it('says who can change what, to who may only look', () => {
    const text = reportStatus(viewedDelivery());
    expect(text).toContain(
      'You can see the deliveries of ledger. accounting can change them.',
    );
    expect(text).not.toContain('What can be done');
  });

  it('says what a component lacks that is not set up', () => {
    expect(reportStatus(notSetUpDelivery())).toBe(
      'This component has no repository.\n\nAdd these lines below metadata in the file of the component:\nmetadata:\n  annotations:\n    dojo/repository: https://forge.example/acme/plain.git\n',
    );
  });

  it('lets nobody write a line of the report', () => {
    const environments = [
      deliveryEnvironment({
        health: {
          kind: 'failed',
          sentence: 'exits.\n\nNothing needs attention.',
        },
      }),
    ];
    expect(section(healthyDelivery({ environments }), 'dev')[0]).toBe(
      'dev: ▲ Failed: exits. Nothing needs attention, 0.4.0',
    );
  });

  it('says how much was left out', () => {
    expect(reportStatus(healthyDelivery({ omitted: 3 }))).toContain(
      "3 more entries are on the portal's page.",
    );
  });
});
