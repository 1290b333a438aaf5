import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { DeliveryRulesSource } from './DeliveryRulesSource';

const template = (name: string, action = 'dojo:release'): Entity => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name, namespace: 'default' },
  spec: { owner: 'accounting', type: 'delivery', steps: [{ action }] },
});

describe('DeliveryRulesSource', () => {
  it('says whether the templates are others than before, since pages show buttons by them', async () => {
    let entities: Entity[] = [];
    const catalog = catalogServiceMock.mock({
      getEntities: async () => ({ items: entities }),
    });
    const rules = new DeliveryRulesSource({
      config: { environments: [], metrics: { hotfixWindowMs: 0 } },
      environments: { list: () => [] },
      catalog,
      auth: mockServices.auth(),
    });
    const read = async (...now: Entity[]) => {
      entities = now;
      const isOther = await rules.readTemplates();
      return [isOther, rules.at(new Date(0)).templates];
    };
    const release = { release: 'template:default/release' };
    expect(await read()).toEqual([false, {}]);
    expect(await read(template('release'))).toEqual([true, release]);
    expect(await read(template('release'))).toEqual([false, release]);
    expect(
      await read(template('release'), template('ship', 'other:ship')),
    ).toEqual([false, release]);
    expect(await read()).toEqual([true, {}]);
  });
});
