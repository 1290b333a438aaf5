import { serviceRequestSchema } from './service-request';

const valid = { name: 'savings', owner: 'accounting' };
const problemsOf = (fields: object) =>
  serviceRequestSchema
    .safeParse({ ...valid, ...fields })
    .error?.issues.map(({ path }) => path.join('.'));

describe('serviceRequestSchema', () => {
  it('fills in what is left out', () => {
    expect(serviceRequestSchema.parse({ ...valid, system: 'books' })).toEqual({
      ...valid,
      owner: 'group:default/accounting',
      system: 'system:default/books',
      description: '',
      frontend: 'none',
      forge: 'local',
      hosts: [],
    });
  });

  it.each([
    ['user:default/ada', 'user:default/ada'],
    ['Group:default/Accounting', 'group:default/accounting'],
    ['team-b', 'group:default/team-b'],
    ['books/keepers', 'group:books/keepers'],
  ])('reads the owner %s', (owner, ref) =>
    expect(serviceRequestSchema.parse({ ...valid, owner }).owner).toBe(ref),
  );

  const hostile = ['a"b', 'a\\b', '${{ x }}', '{{ x }}', '{% x %}', "a''b"];
  it.each([
    ...hostile.map((text): [string, object, string] => [
      text,
      { description: text },
      'description',
    ]),
    ['a line break', { description: 'a\nb' }, 'description'],
    ['a line separator', { description: 'a\u2028b' }, 'description'],
    ['an override', { title: 'a\u202eb' }, 'title'],
    ['a long title', { title: 'x'.repeat(61) }, 'title'],
    ['a long description', { description: 'x'.repeat(201) }, 'description'],
    ['no owner', { owner: '' }, 'owner'],
    ['a component as owner', { owner: 'component:default/a' }, 'owner'],
    ['a path as owner', { owner: 'group:../a' }, 'owner'],
    [
      'a host of two',
      { hosts: [{ environment: 'dev', host: 'a b' }] },
      'hosts.0.host',
    ],
    [
      'a host with a path',
      { hosts: [{ environment: 'dev', host: 'a/b' }] },
      'hosts.0.host',
    ],
    [
      'an environment that is a path',
      { hosts: [{ environment: '../x', host: 'a.b' }] },
      'hosts.0.environment',
    ],
    [
      'one environment twice',
      {
        hosts: [
          { environment: 'dev', host: 'a.b' },
          { environment: 'dev', host: 'c.d' },
        ],
      },
      'hosts',
    ],
    [
      'one host twice',
      {
        hosts: [
          { environment: 'dev', host: 'a.b' },
          { environment: 'qa', host: 'a.b' },
        ],
      },
      'hosts',
    ],
    ['no size', { storage: { size: '0' } }, 'storage.size'],
    ['a negative size', { storage: { size: '-1Gi' } }, 'storage.size'],
    ['GitHub without an owner', { forge: 'github' }, 'forgeOwner'],
    [
      'an owner with dots',
      { forge: 'github', forgeOwner: '../x' },
      'forgeOwner',
    ],
    [
      'a host with a user',
      { forge: 'github', forgeOwner: 'a', forgeHost: 'x@y' },
      'forgeHost',
    ],
    ['an unknown forge', { forge: 'other' }, 'forge'],
    ['an unknown field', { repository: 'file:ledger.git' }, ''],
  ])('refuses %s', (_, fields, path) =>
    expect(problemsOf(fields)).toContain(path),
  );
});
