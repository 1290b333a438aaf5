import { dojoAnnotations } from 'backstage-plugin-dojo-common';
import { isComponentWith } from './isComponentWith';

const entityWith = (annotations?: Record<string, string>, kind = 'Component') =>
  ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name: 'ledger', annotations },
  } as const);
const url = 'url:https://forge.example/acme/ledger/tree/main/';

describe('isComponentWith', () => {
  it.each([
    ['the annotation', { 'dojo/repository': 'file:ledger.git' }],
    ['a source location', { 'backstage.io/source-location': url }],
  ])('is a repository by %s', (_, annotations) => {
    expect(
      isComponentWith(dojoAnnotations.repository, entityWith(annotations)),
    ).toBe(true);
    expect(
      isComponentWith(
        dojoAnnotations.repository,
        entityWith(annotations, 'API'),
      ),
    ).toBe(false);
  });

  it.each([
    ['nothing', undefined],
    ['a file of this machine', { 'backstage.io/source-location': 'file:/a' }],
    ['where it was registered', { 'backstage.io/managed-by-location': url }],
  ])('is none by %s', (_, annotations) => {
    expect(
      isComponentWith(dojoAnnotations.repository, entityWith(annotations)),
    ).toBe(false);
  });

  it('takes no source location for migrations', () => {
    const entity = entityWith({ 'backstage.io/source-location': url });
    expect(isComponentWith(dojoAnnotations.migrations, entity)).toBe(false);
  });
});
