import { readdirSync } from 'node:fs';
import type { Outcome } from 'backstage-plugin-dojo-common';
import { endless, DatabaseWorld } from '../__testUtils__/DatabaseWorld';
import { options, request } from '../__testUtils__/databaseRequest';
import { until } from '../__testUtils__/until';

// Of this test's own modules: the process may have it from another test that ran in it.
const mockEngineLoaded = jest.fn();
jest.mock('@duckdb/node-bindings', () => {
  mockEngineLoaded();
  return jest.requireActual('@duckdb/node-bindings');
});

jest.setTimeout(120_000);

describe('dojoServiceRef', () => {
  let world: DatabaseWorld;
  beforeEach(() => {
    world = new DatabaseWorld();
  });
  afterEach(() => world.dispose());

  describe('migrations.migrate', () => {
    it('runs the plan that was reviewed, then has nothing to do, and goes back', async () => {
      const { dojo, audit } = await world.start();
      await dojo.migrations.migrate(request({ version: '1.0.0' }), options);
      const { planHash } = await dojo.migrations.plan(request(), options);
      const log: string[] = [];
      const outcomes: Outcome[] = [];
      const result = await dojo.migrations.migrate(
        { ...request(), planHash },
        {
          ...options,
          log: line => log.push(line),
          onOutcome: outcome => outcomes.push(outcome),
        },
      );
      expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done']);
      expect(outcomes).toEqual(result.effects);
      expect(log).not.toContainEqual(expect.stringMatching(/^done: /));
      expect(result).toMatchObject({
        outcome: 'migrated',
        version: '1.1.0',
        from: '0001_core',
        to: '0002_tags',
        applied: ['0002_tags'],
        backup: expect.any(String),
        planHash,
      });
      expect(log).toEqual(
        expect.arrayContaining([
          expect.stringMatching(
            /^migrations of version 1\.1\.0 \(v1\.1\.0, [0-9a-f]{7}\)$/,
          ),
          expect.stringMatching(/^0002_tags/),
        ]),
      );
      expect(audit.at(-1)).toMatchObject({
        event: { eventId: 'migration', meta: { planHash } },
        end: {
          options: { meta: { outcome: 'migrated', to: '0002_tags', planHash } },
        },
      });

      const after = world.snapshot();
      await expect(
        dojo.migrations.migrate({ ...request(), planHash }, options),
      ).resolves.toMatchObject({ outcome: 'already-migrated' });
      expect(world.snapshot()).toEqual(after);

      const restore = request({ operation: 'restore', backup: result.backup });
      const reviewed = await dojo.migrations.plan(restore, options);
      expect(reviewed).toMatchObject({ outcome: 'planned' });
      await expect(
        dojo.migrations.migrate(
          { ...restore, planHash: reviewed.planHash },
          options,
        ),
      ).resolves.toMatchObject({
        outcome: 'restored',
        from: '0002_tags',
        to: '0001_core',
        backup: expect.stringMatching(/-0002_replaced$/),
      });

      // As a task that lost the reply runs it again.
      const restored = world.snapshot();
      await expect(
        dojo.migrations.migrate(
          { ...restore, planHash: reviewed.planHash },
          options,
        ),
      ).resolves.toMatchObject({
        outcome: 'already-restored',
        to: '0001_core',
        effects: [],
      });
      expect(world.snapshot()).toEqual(restored);
      await expect(
        dojo.migrations.plan(request(), options),
      ).resolves.toMatchObject({ outcome: 'planned', from: '0001_core' });
    });

    it('rebuilds caches alone', async () => {
      const { dojo } = await world.start();
      await dojo.migrations.migrate(request(), options);
      await expect(
        dojo.migrations.migrate(
          request({ operation: 'rebuild-caches' }),
          options,
        ),
      ).resolves.toMatchObject({ outcome: 'caches-rebuilt', applied: [] });
    });

    it('opens the database in another process only, and leaves nothing behind', async () => {
      const { dojo } = await world.start();
      await dojo.migrations.migrate(request(), options);
      expect(mockEngineLoaded).not.toHaveBeenCalled();
      expect(readdirSync(world.temporary)).toEqual([]);
    });

    describe('when another plan was reviewed', () => {
      it('is a conflict, and nothing is written', async () => {
        const { dojo } = await world.start();
        await dojo.migrations.migrate(request({ version: '1.0.0' }), options);
        const before = world.snapshot();
        await expect(
          dojo.migrations.migrate(
            { ...request(), planHash: '0'.repeat(64) },
            options,
          ),
        ).rejects.toMatchObject({
          name: 'ConflictError',
          dojo: { code: 'PLAN_CHANGED' },
        });
        expect(world.snapshot()).toEqual(before);
      });
    });

    describe('when cancelled in the middle', () => {
      it('ends soon, and leaves the database as it was', async () => {
        const { dojo, audit } = await world.start();
        await dojo.migrations.migrate(request(), options);
        const before = world.snapshot();
        const abort = new AbortController();
        const running = dojo.migrations
          .migrate(request(endless), { ...options, signal: abort.signal })
          .catch(error => error);
        await until('it runs', () => world.isCopying());
        abort.abort(new Error('cancelled by user'));
        await expect(running).resolves.toMatchObject({
          message: 'cancelled by user',
        });
        expect(world.snapshot()).toEqual(before);
        expect(readdirSync(world.temporary)).toEqual([]);
        expect(audit.at(-1)).toMatchObject({ end: { kind: 'fail' } });
        await expect(
          dojo.migrations.plan(request(), options),
        ).resolves.toMatchObject({ outcome: 'already-migrated' });
      });
    });

    describe('when its deadline passes', () => {
      it('gives up with the database as it was', async () => {
        const { dojo } = await world.start();
        await dojo.migrations.migrate(request(), options);
        const before = world.snapshot();
        await expect(
          dojo.migrations.migrate(
            request({ ...endless, deadline: '5s' }),
            options,
          ),
        ).rejects.toMatchObject({
          name: 'ServiceUnavailableError',
          dojo: {
            code: 'DATABASE_DEADLINE',
            message:
              'a migration of component:default/ledger in dev took longer than 5s and was stopped; the database is as it was',
          },
        });
        expect(world.snapshot()).toEqual(before);
      });
    });

    describe('when tasks of two plugins come at once', () => {
      it('migrates once, and the others find it done', async () => {
        // Each plugin of a backend has a service of its own.
        const { dojo, other } = await world.start();
        const results = await Promise.all(
          [dojo, other, dojo].map(each =>
            each.migrations.migrate(request(), options),
          ),
        );
        expect(results.map(({ outcome }) => outcome).sort()).toEqual([
          'already-migrated',
          'already-migrated',
          'migrated',
        ]);
      });

      it('says to the second who is at work', async () => {
        const { dojo, other } = await world.start();
        await dojo.migrations.migrate(request(), options);
        const abort = new AbortController();
        const asked = { ...options, signal: abort.signal };
        const first = dojo.migrations
          .migrate(request(endless), asked)
          .catch(error => error);
        await until('it runs', () => world.isCopying());
        const log = jest.fn();
        const second = other.migrations
          .migrate(request(endless), { ...asked, log })
          .catch(error => error);
        await until('it waits', () =>
          /^dev database is being migrated by \S+ since \d\d:\d\d\. Waiting for it\.$/m.test(
            log.mock.calls.flat().join('\n'),
          ),
        );
        abort.abort(new Error('cancelled by user'));
        const cancelled = expect.objectContaining({
          message: 'cancelled by user',
        });
        expect(await Promise.all([first, second])).toEqual([
          cancelled,
          cancelled,
        ]);
      });
    });

    describe('when the version has no migrations', () => {
      it.each([
        ['nowhere', 'NotFoundError', 'GIT_FOLDER_NOT_FOUND'],
        ['db', 'NotFoundError', 'MIGRATIONS_NONE'],
      ])('says so of %s, and makes no database', async (path, name, code) => {
        const { dojo } = await world.start({
          annotations: { 'dojo/migrations': path },
        });
        await expect(
          dojo.migrations.migrate(request(), options),
        ).rejects.toMatchObject({
          name,
          dojo: { code },
        });
        expect(world.snapshot()).toEqual({});
      });
    });
  });

  describe('when the environment is another one', () => {
    it.each([
      ['staging', 'NotFoundError', 'ENVIRONMENT_NOT_FOUND'],
      ['production', 'ConflictError', 'ENVIRONMENT_HAS_NO_DATABASE'],
    ])('says so of %s', async (environment, name, code) => {
      const { dojo } = await world.start();
      const wrong = { ...request(), environment };
      for (const method of ['plan', 'migrate'] as const) {
        await expect(
          dojo.migrations[method](wrong, options),
        ).rejects.toMatchObject({
          name,
          dojo: { code },
        });
      }
      await expect(
        dojo.migrations.startRehearsal(wrong, options),
      ).rejects.toMatchObject({
        name,
      });
      expect(dojo.environments.list()).toEqual([
        { name: 'dev', migrates: true, deploys: false },
        { name: 'production', migrates: false, deploys: false },
      ]);
    });
  });
});
