import { fileOfEntity } from './fileOfEntity';

const fileOf = (annotations?: Record<string, string>) =>
  fileOfEntity({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'plain', ...(annotations && { annotations }) },
  });

const location = 'backstage.io/managed-by-location';
const edit = 'backstage.io/edit-url';

describe('fileOfEntity', () => {
  it('is the file on the disk of the backend that the catalog read', () => {
    expect(fileOf({ [location]: 'file:/srv/entities.yaml' })).toEqual({
      name: '/srv/entities.yaml',
    });
  });

  it('is the file on the forge, opened where it can be changed', () => {
    const url = 'https://git.example/acme/plain/blob/main/catalog-info.yaml';
    expect(fileOf({ [location]: `url:${url}` })).toEqual({
      name: url,
      href: url,
    });
    const editor = url.replace('blob', 'edit');
    expect(fileOf({ [location]: `url:${url}`, [edit]: editor })).toEqual({
      name: url,
      href: editor,
    });
  });

  it.each([
    ['there is no annotation', undefined],
    ['it is of another kind', { [location]: 'dojo-forge:plain.git' }],
    ['it cannot be read', { [location]: 'url:' }],
  ])('has the usual name where %s', (_, annotations) => {
    expect(fileOf(annotations)).toEqual({ name: 'catalog-info.yaml' });
  });

  it('opens nothing that is no address of the web', () => {
    const url = 'https://git.example/catalog-info.yaml';
    expect(
      fileOf({ [location]: `url:${url}`, [edit]: 'ftp://git.example/a' }),
    ).toEqual({ name: url });
  });
});
