import { statSync } from 'node:fs';
import { DatabaseWorld } from '../__testUtils__/DatabaseWorld';
import { options, request } from '../__testUtils__/databaseRequest';

jest.setTimeout(120_000);

describe('dojoServiceRef, of a database', () => {
  let world: DatabaseWorld;
  beforeEach(() => {
    world = new DatabaseWorld();
  });
  afterEach(() => world.dispose());

  describe('when a permission is denied', () => {
    it.each([
      ['plan', 'dojo.delivery.read', 'component:default/ledger'],
      ['migrate', 'dojo.migration.run', 'component:default/ledger'],
      ['migrate', 'dojo.environment.change', 'dev'],
      ['startRehearsal', 'dojo.migration.run', 'component:default/ledger'],
      ['startRehearsal', 'dojo.environment.change', 'dev'],
    ] as const)('%s without %s reads nothing', async (method, denied, what) => {
      const { dojo, audit } = await world.start({ denied: [denied] });
      await expect(
        dojo.migrations[method](request(), options),
      ).rejects.toMatchObject({
        name: 'NotAllowedError',
        dojo: {
          code: 'PERMISSION_DENIED',
          message: `you may not do this with ${what}: the permission ${denied} is not granted`,
        },
      });
      expect(audit).toMatchObject([{ end: { kind: 'fail' } }]);
      expect(world.snapshot()).toEqual({});
      expect(() => statSync(world.temporary)).toThrow('ENOENT');
    });
  });
});
