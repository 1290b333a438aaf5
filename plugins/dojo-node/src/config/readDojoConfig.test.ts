import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { readDojoConfig } from './readDojoConfig';

const read = (data: object) =>
  readDojoConfig(mockServices.rootConfig({ data }), { rootDir: '/portal' });

const sync = { kind: 'flux', name: 'ledger', namespace: 'flux-system' };

describe('readDojoConfig', () => {
  it('has defaults that reach nothing outside', () => {
    expect(read({})).toEqual({
      localForgeRoot: undefined,
      author: { name: 'Dojo Portal', email: 'dojo-portal@localhost' },
      allowedHosts: [],
      webhooks: {},
      allow: { repositories: [], images: [], infra: [] },
      registries: [],
      plans: { atOnce: 4, memoryBytes: 384 * 1024 * 1024, seconds: 30 },
      migrations: {
        memoryBytes: 1024 * 1024 * 1024,
        spillBytes: 4096 * 1024 * 1024,
      },
      metrics: { hotfixWindowMs: 86_400_000 },
      environments: [],
      temporaryRoot: tmpdir(),
    });
  });

  it('says allowed repositories as they are compared', () => {
    expect(
      read({
        dojo: {
          allow: {
            repositories: [
              { pattern: 'https://GitHub.com/Acme/*' },
              { pattern: 'file:ledger.git', owner: 'Group:default/Accounting' },
            ],
            images: [{ pattern: 'ghcr.io/acme/*' }],
            infra: [{ pattern: 'https://GitHub.com/acme/infra.git' }],
          },
        },
      }).allow,
    ).toEqual({
      repositories: [
        { pattern: 'https://github.com/acme/*' },
        { pattern: 'file:ledger', owner: 'group:default/accounting' },
      ],
      images: [{ pattern: 'ghcr.io/acme/*' }],
      infra: [{ pattern: 'https://github.com/acme/infra' }],
    });
    expect(() =>
      read({
        dojo: {
          allow: { repositories: [{ pattern: 'acme/*', owner: 'accounting' }] },
        },
      }),
    ).toThrow(
      /dojo\.allow\.repositories\.0\.pattern: must be a repository such as .*\n.*owner: must be a whole entity ref/,
    );
  });

  it('resolves the forge against the folder of the root app-config.yaml', () => {
    const root = (value: string) =>
      read({ dojo: { localForge: { root: value } } }).localForgeRoot;
    expect(root('.dojo/forge')).toBe('/portal/.dojo/forge');
    expect(root('/var/forge')).toBe('/var/forge');
  });

  it('takes the folder in which Backstage looks for app-config.yaml', () => {
    const config = mockServices.rootConfig({
      data: { dojo: { localForge: { root: 'forge' } } },
    });
    expect(readDojoConfig(config).localForgeRoot).toBe(
      join(__dirname, '../../../../forge'),
    );
  });

  it('puts what is temporary where Backstage does', () => {
    const data = { backend: { workingDirectory: 'work' } };
    expect(read(data).temporaryRoot).toBe('/portal/work');
  });

  it('serves no local forge where a later file says false', () => {
    expect(read({ dojo: { localForge: false } })).toEqual(read({}));
  });

  describe('when dojo.git.allowedHosts is empty', () => {
    it('allows the hosts that integrations name, and no public forge beside them', () => {
      const { allowedHosts } = read({
        integrations: {
          github: [{ host: 'GHE.acme.test', token: 'x' }],
          gitlab: [{ token: 'x' }],
          awsS3: [{ host: 's3.acme.test' }],
        },
        dojo: { git: { allowedHosts: [] } },
      });
      expect(allowedHosts).toEqual(['ghe.acme.test', 'gitlab.com']);
    });
  });

  it('allows only the hosts of dojo.git.allowedHosts where there are any', () => {
    const { allowedHosts } = read({
      integrations: { github: [{ host: 'github.com' }] },
      dojo: { git: { allowedHosts: ['Git.acme.test:8443'] } },
    });
    expect(allowedHosts).toEqual(['git.acme.test:8443']);
  });

  it('resolves registries', () => {
    expect(
      read({
        dojo: {
          registries: [
            { host: 'GHCR.io', username: 'bot', password: 'hunter2' },
            { host: 'localhost:5000', plainHttp: true },
          ],
        },
      }).registries,
    ).toEqual([
      {
        host: 'ghcr.io',
        username: 'bot',
        password: 'hunter2',
        plainHttp: false,
      },
      { host: 'localhost:5000', plainHttp: true },
    ]);
  });

  it('reads half of the credentials of a registry, and names the other half', () => {
    const registries = [
      { host: 'quay.io' },
      { host: 'ghcr.io', username: 'bot' },
      { host: 'registry.acme.test', password: 'hunter2' },
    ];
    expect(
      read({ dojo: { registries } }).registries.map(each => each.missing),
    ).toEqual([
      undefined,
      'dojo.registries.1.password',
      'dojo.registries.2.username',
    ]);
  });

  it('reads a secret that is empty as one that is missing', () => {
    const registries = [
      { host: 'quay.io', username: 'bot', password: '' },
      { host: 'ghcr.io', username: ' ', password: ' ' },
    ];
    expect(read({ dojo: { registries } }).registries).toEqual([
      {
        host: 'quay.io',
        plainHttp: false,
        username: 'bot',
        missing: 'dojo.registries.0.password',
      },
      {
        host: 'ghcr.io',
        plainHttp: false,
        missing: 'dojo.registries.1.username',
      },
    ]);
  });

  it('resolves environments in their order, and their databases against the same folder', () => {
    const { environments } = read({
      dojo: {
        environments: [
          {
            name: 'staging',
            database: { file: '/databases/{namespace}/{component}.duckdb' },
          },
          { name: 'dev', database: { file: ' data/{component}.duckdb ' } },
          { name: 'production' },
        ],
      },
    });
    expect(environments).toEqual([
      {
        name: 'staging',
        database: { file: '/databases/{namespace}/{component}.duckdb' },
      },
      { name: 'dev', database: { file: '/portal/data/{component}.duckdb' } },
      { name: 'production' },
    ]);
  });

  it.each<[object, string]>([
    [{ name: 'Dev' }, '.name: must be a name such as dev'],
    [{ name: '../dev' }, '.name: must be a name such as dev'],
    [{ name: 'x'.repeat(64) }, '.name: must be a name such as dev'],
    [{}, '.name: Required'],
    [{ name: 'dev', region: 'x' }, ": Unrecognized key(s) in object: 'reg"],
    [
      { name: 'dev', mode: 'apply' },
      '.mode: needs a cluster to apply to: name one of kubernetes.',
    ],
    [
      { name: 'dev', cluster: 'moon' },
      '.cluster: there is no cluster moon in kubernetes.clusterLocatorMethods of type config (there is: none)',
    ],
    [{ name: 'dev', mode: 'merge' }, '.mode: Invalid enum value'],
    [{ name: 'dev', sync }, '.sync: needs a cluster to look in: name one of'],
    [
      { name: 'dev', sync, mode: 'apply' },
      '.sync: is for the modes commit and pull-request',
    ],
    [
      { name: 'dev', sync: { ...sync, kind: 'helm' } },
      '.sync.kind: Invalid enum value',
    ],
    [
      { name: 'dev', sync: { ...sync, path: 'x' } },
      ".sync: Unrecognized key(s) in object: 'path'",
    ],
    [
      { name: 'dev', mode: 'commit', approval: true },
      '.mode: must be pull-request where approval is true',
    ],
    [
      { name: 'dev', namespace: 'ledger-{environment}' },
      '.namespace: must contain {component}',
    ],
    [
      { name: 'dev', namespace: '{component}-{env}' },
      '.namespace: must be lower-case letters',
    ],
    [
      { name: 'dev', freeze: ['Fri 16:00 - Mon 08:00', 'someday'] },
      '.freeze.0: freeze window "Fri 16:00 - Mon 08:00" is not valid: ',
    ],
    [
      { name: 'dev', promotesFrom: 'test' },
      '.promotesFrom: there is no environment test',
    ],
    [
      { name: 'dev', promotesFrom: 'dev' },
      '.promotesFrom: leads back to dev, so that no version could get in',
    ],
    [
      { name: 'dev', promotedOnly: true },
      '.promotedOnly: needs promotesFrom: it names the environment to promote from',
    ],
    [{ name: 'dev', database: {} }, '.database.file: Required'],
    ...[
      ['', 'must contain {component}'],
      ['data/dev.duckdb', 'must contain {component}'],
      ['data/{component}/../dev.duckdb', 'must contain {component}'],
      ['{component}-{env}.duckdb', 'knows no {env}, only {component} and'],
      ['a\nb/{component}.duckdb', 'must not contain a line break'],
      ['{namespace}-{component}.db', 'must have a / between {namespace}'],
    ].map(([file, problem]): [object, string] => [
      { name: 'dev', database: { file } },
      `.database.file: ${problem}`,
    ]),
  ])('refuses the environment %j', (environment, problem) => {
    expect(() => read({ dojo: { environments: [environment] } })).toThrow(
      `dojo.environments.0${problem}`,
    );
  });

  it.each([
    ['./data//{component}.db'],
    ['/portal/data/{component}.db'],
    ['data/{component}-staging.db'],
  ])('refuses another environment whose databases are %s', file => {
    expect(() =>
      read({
        dojo: {
          environments: [
            { name: 'dev', database: { file: 'data/{component}.db' } },
            { name: 'production' },
            { name: 'staging', database: { file } },
          ],
        },
      }),
    ).toThrow(
      'dojo.environments.2.database.file: can name a database of dev too',
    );
  });

  it('resolves the rules of environments, approval being a merge', () => {
    const here = {
      name: 'here',
      url: 'https://10.0.0.1:6443',
      authProvider: 'serviceAccount',
      serviceAccountToken: 'secret',
      caData: 'Y2E=',
    };
    const freeze = ['Fri 16:00 - Mon 08:00 Europe/Rome'];
    const { environments } = read({
      kubernetes: {
        clusterLocatorMethods: [{ type: 'config', clusters: [here] }],
      },
      dojo: {
        environments: [
          {
            name: 'dev',
            cluster: 'here',
            mode: 'apply',
            namespace: '{component}',
          },
          {
            name: 'staging',
            cluster: 'here',
            promotesFrom: 'dev',
            promotedOnly: true,
            mode: 'commit',
            sync,
          },
          {
            name: 'production',
            promotesFrom: 'staging',
            approval: true,
            freeze,
          },
        ],
      },
    });
    expect(environments).toEqual([
      {
        name: 'dev',
        cluster: {
          name: 'here',
          url: 'https://10.0.0.1:6443',
          caData: 'Y2E=',
          token: 'secret',
        },
        mode: 'apply',
        namespace: '{component}',
      },
      {
        name: 'staging',
        cluster: expect.objectContaining({ name: 'here' }),
        promotesFrom: 'dev',
        promotedOnly: true,
        mode: 'commit',
        sync,
      },
      {
        name: 'production',
        promotesFrom: 'staging',
        approval: true,
        mode: 'pull-request',
        freeze,
      },
    ]);
  });

  it('says of a freeze window what is wrong with it, and how it is written', () => {
    const freeze = ['Fri 16:00 - Mon 08:00 Europe/Atlantis'];
    expect(() =>
      read({ dojo: { environments: [{ name: 'dev', freeze }] } }),
    ).toThrow(
      /dojo\.environments\.0\.freeze\.0: freeze window "Fri 16:00 - Mon 08:00 Europe\/Atlantis" is not valid: .*Atlantis.*\. Write it like /,
    );
  });

  it('refuses promotions in a circle, in which no version could begin', () => {
    expect(() =>
      read({
        dojo: {
          environments: [
            { name: 'a', promotesFrom: 'b' },
            { name: 'b', promotesFrom: 'c' },
            { name: 'c', promotesFrom: 'b' },
          ],
        },
      }),
    ).toThrow(
      [
        'the configuration has 2 problems:',
        '  dojo.environments.1.promotesFrom: leads back to b, so that no version could get in',
        '  dojo.environments.2.promotesFrom: leads back to c, so that no version could get in',
      ].join('\n'),
    );
  });

  it('takes the repository of overlays, and the program that renders them', () => {
    const infra = { repository: 'file:infra.git', branch: 'live' };
    const command = (written?: string) =>
      read({ dojo: { kustomize: { command: written } } }).kustomize;
    expect(read({ dojo: { infra } }).infra).toEqual(infra);
    expect(read({ dojo: { infra: false } }).infra).toBeUndefined();
    expect(command('kubectl')).toBe('kubectl');
    expect(command('tools/kustomize')).toBe('/portal/tools/kustomize');
    expect(command()).toBeUndefined();
  });

  it.each(['infra', 'acme/infra', ' '])(
    'refuses %j as the repository of overlays',
    repository => {
      expect(() => read({ dojo: { infra: { repository } } })).toThrow(
        /dojo\.infra\.repository: must /,
      );
    },
  );

  it('keeps bases and renders where nobody else on the machine reads them, or nowhere', () => {
    const data = { backend: { workingDirectory: 'work' } };
    expect(read(data).baseCache).toBe('/portal/work/dojo-bases');
    expect(read(data).renderCache).toBe('/portal/work/dojo-renders');
    expect(read({}).baseCache).toBeUndefined();
    expect(read({}).renderCache).toBeUndefined();
  });

  it('refuses an environment that is there twice', () => {
    expect(() =>
      read({ dojo: { environments: [{ name: 'dev' }, { name: 'dev' }] } }),
    ).toThrow('dojo.environments.1.name: dev is already there');
  });

  describe('when it is wrong in many places', () => {
    const broken = () =>
      read({
        dojo: {
          localForge: { root: ' ' },
          git: {
            author: { name: 'Eve <eve@acme.test>', email: 'eve' },
            allowedHosts: ['https://github.com/acme'],
            mirror: true,
          },
          registries: [
            { host: 'ghcr.io', username: 'bot' },
            { host: 'GHCR.io' },
            { host: 'quay.io/acme', username: 'bot', password: 4711 },
          ],
          forge: {},
        },
      });

    it('says everything at once, each with its path', () => {
      expect(broken).toThrow(
        expect.objectContaining({ code: 'CONFIG_INVALID', kind: 'input' }),
      );
      expect(broken).toThrow(
        [
          'the configuration has 7 problems:',
          '  dojo.localForge.root: must not be empty',
          '  dojo.git.author.name: must not contain <, > or a line break',
          '  dojo.git.allowedHosts.0: must be a host such as ghcr.io or registry.acme.org:5000, without a scheme or a path',
          "  dojo.git: Unrecognized key(s) in object: 'mirror'",
          '  dojo.registries.2.host: must be a host such as ghcr.io or registry.acme.org:5000, without a scheme or a path',
          '  dojo.registries.2.password: Expected string, received number',
          "  dojo: Unrecognized key(s) in object: 'forge'",
        ].join('\n'),
      );
    });

    it('repeats no value of a password', () => {
      expect(broken).not.toThrow(/4711/);
    });
  });

  it('refuses a registry that is there twice', () => {
    expect(() =>
      read({
        dojo: { registries: [{ host: 'ghcr.io' }, { host: 'GHCR.io' }] },
      }),
    ).toThrow('dojo.registries.1.host: GHCR.io is already there');
  });

  describe('metrics', () => {
    it.each([
      ['90m', 5_400_000],
      ['2d', 172_800_000],
      ['0', 0],
      [0, 0],
    ])('takes a window of %j', (hotfixWindow, hotfixWindowMs) => {
      expect(read({ dojo: { metrics: { hotfixWindow } } }).metrics).toEqual({
        hotfixWindowMs,
      });
    });

    it('names what is wrong', () => {
      expect(() =>
        read({
          dojo: { metrics: { environment: 'prod', hotfixWindow: 'a day' } },
        }),
      ).toThrow(/metrics\.hotfixWindow: must be a time such as 24h/);
      expect(() =>
        read({ dojo: { metrics: { environment: 'prod' } } }),
      ).toThrow(/metrics\.environment: there is no environment prod/);
    });
  });
});
