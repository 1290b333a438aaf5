import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

/** A catalog of one component, with a spy that tells whether it was read. */
export function catalogOf(
  name: string,
  annotations: Record<string, string> = {
    'dojo/repository': 'file:ledger.git',
  },
) {
  const catalog = catalogServiceMock({
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name, namespace: 'default', annotations },
      },
    ],
  });
  const getEntityByRef = jest.spyOn(catalog, 'getEntityByRef');
  return { catalog, getEntityByRef };
}
