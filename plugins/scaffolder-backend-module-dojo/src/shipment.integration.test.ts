import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockCredentials } from '@backstage/backend-test-utils';
import type {
  DeploymentResult,
  ShipmentPlan,
} from 'backstage-plugin-dojo-common';
import { reviewedShipmentOf, shortOid } from 'backstage-plugin-dojo-common';
import { git } from 'dojo-testing';
import { parse } from 'yaml';
import {
  makeShipmentForge,
  shipmentAnnotations,
} from './__testUtils__/shipmentForge';
import {
  startScaffolder,
  TestScaffolder,
} from './__testUtils__/startScaffolder';

jest.setTimeout(240_000);

const folder = mkdtempSync(join(tmpdir(), 'dojo-shipment-'));
const databases = join(folder, 'databases');
const component = 'component:default/ledger';
const options = {
  credentials: mockCredentials.user(),
  signal: new AbortController().signal,
};
const templateOf = (name: string) =>
  parse(
    readFileSync(
      join(__dirname, '../../../templates', name, 'template.yaml'),
      'utf8',
    ),
  ).spec;

describe('the template ship', () => {
  const forge = makeShipmentForge(join(folder, 'forge'));
  let scaffolder: TestScaffolder<DeploymentResult>;
  const plan = (environment = 'dev', choices = {}) =>
    scaffolder.dojo.shipments.plan(
      { component, environment, choices },
      options,
    );
  /** As the form sends it. */
  const valuesOf = (planned: ShipmentPlan) => ({
    component,
    environment: planned.environment,
    bump: 'auto',
    review: {
      what: `Ship ledger ${planned.version} to ${planned.environment}`,
      version: planned.version,
      tag: planned.tag,
      ...(planned.release.plan.decides.release && {
        date: planned.release.plan.decides.release.date,
      }),
      ...reviewedShipmentOf(planned),
    },
  });
  const ship = (values: object) =>
    scaffolder.runTask(templateOf('ship'), values);
  const textOf = (task: Awaited<ReturnType<typeof ship>>) => {
    expect({ status: task.status, log: task.log }).toEqual({
      status: 'completed',
      log: task.log,
    });
    return task.texts?.[0].content ?? '';
  };

  beforeAll(async () => {
    mkdirSync(databases);
    scaffolder = await startScaffolder({
      forgeRoot: join(folder, 'forge'),
      annotations: shipmentAnnotations,
      environments: [
        {
          name: 'dev',
          database: { file: join(databases, '{component}.duckdb') },
        },
        { name: 'bare' },
      ],
      config: {
        infra: { repository: 'file:infra.git' },
        allow: {
          repositories: [{ pattern: 'file:*' }],
          images: [{ pattern: 'oci:images/*' }],
        },
      },
    });
    const place = { component, environment: 'dev' };
    const first = await scaffolder.runTask(templateOf('deploy'), {
      ...place,
      intent: 'version',
      version: 'v0.1.0',
      overlay: true,
      storage: { size: '1Gi' },
      review: { what: 'Begin' },
    });
    const created = await scaffolder.runTask(templateOf('migrate'), {
      ...place,
      version: '0.1.0',
    });
    for (const { status } of [first, created]) {
      if (status !== 'completed') throw new Error(`a first task ${status}`);
    }
  });
  afterAll(async () => {
    await scaffolder.stop();
    rmSync(folder, { recursive: true });
  });

  it('plans all three before the release is made, and writes nothing', async () => {
    const before = forge.refs();
    const planned = await plan();
    expect(planned).toMatchObject({
      version: '0.2.0',
      tag: 'v0.2.0',
      release: { outcome: 'planned' },
      migration: {
        kind: 'planned',
        result: {
          outcome: 'planned',
          plan: { decides: { from: '0001_core' }, shows: { to: '0002_tags' } },
        },
      },
      deployment: {
        kind: 'planned',
        result: {
          outcome: 'planned',
          version: 'v0.2.0',
          imageDigest: forge.tagsOfImages()[forge.head()],
        },
      },
    });
    expect(forge.refs()).toEqual(before);
  });

  it('says which part an environment lacks, and ships the rest', async () => {
    const planned = await plan('bare');
    expect(planned.migration).toEqual({
      kind: 'none',
      reason: 'bare has no database, so that none is migrated.',
    });
    expect(planned.deployment.kind).toBe('planned');
    await expect(plan('nowhere')).rejects.toMatchObject({
      dojo: { code: 'ENVIRONMENT_NOT_FOUND' },
    });
  });

  it('stops before its first effect where the branch moved, with both commits', async () => {
    const values = valuesOf(await plan());
    const reviewed = forge.head();
    forge.push('docs: say how');
    const before = forge.refs();
    const task = await ship(values);
    expect(task.status).toBe('failed');
    expect(task.log.join('\n')).toContain(
      `main moved from ${shortOid(reviewed)} to ${shortOid(
        forge.head(),
      )} since your review. Nothing was changed.`,
    );
    expect(forge.refs()).toEqual(before);
  });

  it('stops before its first effect where the overlay changed', async () => {
    const values = valuesOf(await plan());
    forge.comment('by hand');
    const before = forge.refs();
    const task = await ship(values);
    expect(task.status).toBe('failed');
    expect(task.log.join('\n')).toContain(
      'The overlay of dev changed since your review',
    );
    expect(forge.refs()).toEqual(before);
  });

  it('releases, migrates and deploys what was reviewed, once', async () => {
    const planned = await plan();
    const values = valuesOf(planned);
    const image = forge.tagsOfImages()[forge.head()];
    const first = await ship(values);
    const text = textOf(first);
    expect(text).toMatch(/^ledger 0\.2\.0 was released: tag `v0\.2\.0`/);
    expect(text).toContain(
      'was migrated from `0001_core` to `0002_tags` with the migrations of 0.2.0.',
    );
    expect(text).toContain('ledger v0.2.0 is in the overlay of dev: commit');
    expect(first.texts?.[0].title).toBe('Ship ledger 0.2.0 to dev');

    const commit = git(forge.ledger, ['rev-parse', 'v0.2.0^0']);
    expect(forge.head()).toBe(commit);
    expect(forge.overlay()).toContain(`?ref=${commit} # v0.2.0`);
    expect(forge.overlay()).toContain(image);
    expect(forge.tagsOfImages()['0.2.0']).toBe(image);
    const { release, deployment } = values.review;
    expect(git(forge.ledger, ['show', '-s', '--format=%B', commit])).toContain(
      `Dojo-Plan: ${release}`,
    );
    expect(git(forge.infra, ['show', '-s', '--format=%B', 'main'])).toContain(
      `Dojo-Plan: ${deployment}`,
    );

    const after = forge.refs();
    const again = textOf(await ship(values));
    expect(again).toContain(
      'was released by an earlier run; nothing was done.',
    );
    expect(again).toContain('Already at 0002; nothing was done.');
    expect(again).toContain('was brought to dev by an earlier run');
    expect(forge.refs()).toEqual(after);
  });

  it('does nothing to a database without pending migrations, and says so', async () => {
    forge.push('fix: round half to even');
    const planned = await plan();
    expect(planned.migration).toMatchObject({
      result: { outcome: 'already-migrated' },
    });
    const text = textOf(await ship(valuesOf(planned)));
    expect(text).toMatch(/^ledger 0\.2\.1 was released/);
    expect(text).toMatch(/Already at 0002; nothing was done\./);
    expect(text).toContain('ledger v0.2.1 is in the overlay of dev');
  });

  it('goes on with the newest version where nothing is to release', async () => {
    const place = { component, environment: 'dev' };
    await scaffolder.runTask(templateOf('deploy'), {
      ...place,
      intent: 'rollback',
      rollbackTo: 'previous',
      review: { what: 'Back' },
    });
    expect(forge.overlay()).toContain('# v0.2.0');
    const planned = await plan();
    expect(planned).toMatchObject({
      version: '0.2.1',
      release: { outcome: 'already-released' },
      deployment: { result: { outcome: 'planned' } },
    });
    const text = textOf(await ship(valuesOf(planned)));
    expect(text).toContain(
      '0.2.1 was released by an earlier run; nothing was done.',
    );
    expect(forge.overlay()).toContain('# v0.2.1');
  });
});
