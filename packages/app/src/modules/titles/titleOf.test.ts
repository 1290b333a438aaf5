import { titleIn, titleOf } from './titleOf';

describe('titleOf', () => {
  it.each([
    ['/deliveries', { kind: 'fixed', title: 'Deliveries' }],
    ['/create/tasks/', { kind: 'fixed', title: 'Tasks' }],
    [
      '/create/templates/default/release',
      {
        kind: 'asked',
        title: 'Create',
        url: 'plugin://catalog/entities/by-name/template/default/release',
      },
    ],
    [
      '/create/tasks/1f2e',
      {
        kind: 'asked',
        title: 'Task',
        url: 'plugin://scaffolder/v2/tasks/1f2e',
      },
    ],
    ['/catalog/default/component/ledger', undefined],
    ['/constructor', undefined],
  ])('knows %s', (pathname, expected) => {
    expect(titleOf(pathname)).toEqual(expected);
  });
});

describe('titleIn', () => {
  it('is the title of a template, or its name', () => {
    expect(titleIn({ metadata: { name: 'x', title: 'Release it' } })).toBe(
      'Release it',
    );
    expect(titleIn({ metadata: { name: 'x' } })).toBe('x');
  });

  it('is the template of a task and its component', () => {
    const entity = { metadata: { name: 'x', title: 'Release a component' } };
    expect(
      titleIn({
        spec: {
          templateInfo: { entity },
          parameters: { component: 'component:default/ledger' },
        },
      }),
    ).toBe('Release a component: ledger');
    expect(titleIn({ spec: { templateInfo: { entity } } })).toBe(
      'Release a component',
    );
  });

  it.each([undefined, null, 7, {}, { metadata: { title: 7 } }])(
    'is nothing where the answer is %j',
    answer => {
      expect(titleIn(answer)).toBe(undefined);
    },
  );
});
