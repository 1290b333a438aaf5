import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceResult } from 'backstage-plugin-dojo-common';
import { makeRepository } from 'dojo-testing';
import { startPortal, TestPortal } from './__testUtils__/startPortal';
import { until } from './__testUtils__/until';

jest.setTimeout(300_000);

const folder = mkdtempSync(join(tmpdir(), 'dojo-new-service-'));
const forge = join(folder, 'forge');
const git = (repository: string, ...args: string[]) =>
  execFileSync('git', [`--git-dir=${join(forge, repository)}`, ...args], {
    encoding: 'utf8',
  }).trim();

const ledgerEntry = readFileSync(
  join(__dirname, '../../../examples/ledger/catalog-info.yaml'),
  'utf8',
);

interface TaskEvent {
  readonly type: string;
  readonly body: { readonly message?: string; readonly output?: unknown };
}

describe('the template of new services', () => {
  let portal: TestPortal;
  const config = {
    scaffolder: {
      taskRecovery: { enabled: true, staleTimeout: { seconds: 10 } },
    },
    dojo: {
      localForge: { root: forge },
      environments: [
        {
          name: 'dev',
          database: { file: join(folder, 'data/dev/{component}.duckdb') },
        },
        { name: 'staging', promotesFrom: 'dev' },
        { name: 'production', promotesFrom: 'staging', approval: true },
      ],
    },
  };
  const values = {
    name: 'savings',
    owner: 'group:default/accounting',
    description: 'What is put aside',
    forge: 'local',
    frontend: 'none',
    size: '1Gi',
    review: {},
    hosts: [{ environment: 'dev', host: 'savings.dev.example.com' }],
  };
  const plan = (fields: object = {}) => {
    const { size, review: _, ...others } = values;
    return portal.call<ServiceResult>('POST', '/api/dojo/plans/service', {
      ...others,
      storage: { size },
      ...fields,
    });
  };
  const start = async (more: object = {}) => {
    const { id } = await portal.call<{ id: string }>(
      'POST',
      '/api/scaffolder/v2/tasks',
      {
        templateRef: 'template:default/dojo-service',
        values: { ...values, ...more },
      },
    );
    return id;
  };
  /** Overlays of a service on the branch of what landed, and on those that wait for a merge. */
  const overlaysOf = (name: string) => {
    const foldersOn = (branch: string) =>
      git('infra.git', 'ls-tree', '-r', '--name-only', branch)
        .split('\n')
        .filter(path => path.startsWith(`${name}/`))
        .map(path => path.split('/').slice(0, 2).join('/'));
    const branches = git('infra.git', 'branch', '--format=%(refname:short)');
    const landed = new Set(foldersOn('main'));
    const waiting = branches
      .split('\n')
      .filter(branch => branch.startsWith(`dojo/${name}/`))
      .flatMap(foldersOn)
      .filter(folder_ => !landed.has(folder_));
    return [
      ...[...landed].map(each => `main ${each}`),
      ...[...new Set(waiting)].map(each => `waits ${each}`),
    ];
  };
  const endOf = async (id: string) => {
    const status = await until('the task ended', async () => {
      const task = await portal
        .call<{ status: string }>('GET', `/api/scaffolder/v2/tasks/${id}`)
        .catch(() => undefined);
      return task && !['open', 'processing'].includes(task.status)
        ? task.status
        : undefined;
    });
    const events = await portal.call<TaskEvent[]>(
      'GET',
      `/api/scaffolder/v2/tasks/${id}/events`,
    );
    const log = events.map(({ body }) => body.message).join('\n');
    const output = events.find(({ type }) => type === 'completion')?.body
      .output as { text?: { content: string }[] };
    return { status, log, output };
  };

  beforeAll(async () => {
    mkdirSync(forge);
    mkdirSync(join(folder, 'data/dev'), { recursive: true });
    execFileSync('git', [
      ...['init', '--quiet', '--bare', '--initial-branch=main'],
      join(forge, 'infra.git'),
    ]);
    // A service that was there before.
    makeRepository(join(forge, 'ledger.git'), {
      commits: [
        {
          message: 'feat: begin',
          files: { 'catalog-info.yaml': ledgerEntry },
        },
      ],
    });
    portal = await startPortal({ folder, config });
    await until('the catalog has the ledger', () =>
      portal
        .call<object>(
          'GET',
          '/api/catalog/entities/by-name/component/default/ledger',
        )
        .catch(() => undefined),
    );
    await until('the catalog has the template', () =>
      portal
        .call<object>(
          'GET',
          '/api/catalog/entities/by-name/template/default/dojo-service',
        )
        .catch(() => undefined),
    );
    await until('the catalog has the owner', () =>
      portal
        .call<object>(
          'GET',
          '/api/catalog/entities/by-name/group/default/accounting',
        )
        .catch(() => undefined),
    );
  });
  afterAll(async () => {
    await portal.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('makes what the review says, and run again makes nothing', async () => {
    const reviewed = await plan();
    expect(reviewed).toMatchObject({
      problems: [],
      state: 'missing',
      plan: {
        shows: {
          reason:
            'Creates repository savings.git, 3 overlays and release 0.1.0.',
        },
      },
    });
    const review = {
      planHash: reviewed.planHash,
      repository: reviewed.plan.repository.planHash,
      overlays: reviewed.plan.overlays.planHash,
      release: reviewed.plan.release.planHash,
    };
    const first = await endOf(await start({ review }));
    expect(first.status === 'completed' ? '' : first.log).toBe('');
    expect(first.output.text?.[0].content).toMatch(
      /^savings 0\.1\.0 is in dev\./,
    );
    const made = {
      repository: git('savings.git', 'show-ref'),
      infra: git('infra.git', 'rev-parse', 'main'),
      images: readdirSync(join(forge, 'images/savings/blobs/sha256')).sort(),
    };
    expect(git('savings.git', 'tag')).toBe('v0.1.0');
    expect(existsSync(join(folder, 'data/dev/savings.duckdb'))).toBe(true);
    expect(overlaysOf('savings')).toEqual([
      'main savings/dev',
      'main savings/staging',
      'waits savings/production',
    ]);

    const again = await endOf(await start({ review }));
    expect(again.status === 'completed' ? '' : again.log).toBe('');
    expect({
      repository: git('savings.git', 'show-ref'),
      infra: git('infra.git', 'rev-parse', 'main'),
      images: readdirSync(join(forge, 'images/savings/blobs/sha256')).sort(),
    }).toEqual(made);
  });

  it('is finished by the same task after the portal was killed', async () => {
    const own = { name: 'kept', hosts: [] };
    const id = await start(own);
    // The repository is the first that stays; all the rest is still to be made.
    await until('the repository is there', async () =>
      existsSync(join(forge, 'kept.git')) ? true : undefined,
    );
    await portal.kill();
    portal = await startPortal({ folder, config });
    const end = await endOf(id);
    expect(end.status === 'completed' ? '' : end.log).toBe('');
    expect(git('kept.git', 'rev-list', '--count', 'main')).toBe('2');
    expect(git('kept.git', 'tag')).toBe('v0.1.0');
    const held = await portal.call<{ metadata: { annotations: object } }>(
      'GET',
      '/api/catalog/entities/by-name/component/default/kept',
    );
    expect(held.metadata.annotations).toMatchObject({
      'dojo/repository': 'file:kept.git',
      'backstage.io/managed-by-location': 'dojo-forge:kept.git',
    });
    expect(overlaysOf('kept')).toEqual([
      'main kept/dev',
      'main kept/staging',
      'waits kept/production',
    ]);
  });

  it.each<[string, object, string]>([
    [
      'a name that the catalog has',
      { name: 'ledger' },
      'A component named ledger exists already.',
    ],
    [
      'a name of other values',
      { name: 'savings', description: 'other' },
      'A component named savings exists already.',
    ],
    ['a word of Python', { name: 'class' }, 'a word of the Python language'],
    [
      'an unknown owner',
      { name: 'other', owner: 'group:default/nobody' },
      'group:default/nobody is not in the catalog',
    ],
    [
      'an unknown system',
      { name: 'other', system: 'nothing' },
      'system:default/nothing is not in the catalog',
    ],
    [
      'a host of another',
      { name: 'other' },
      'savings.dev.example.com is the host of savings on dev already',
    ],
  ])('refuses %s, and makes nothing', async (_, more, sentence) => {
    const before = readdirSync(forge).sort();
    const { status, log } = await endOf(await start(more));
    expect(status).toBe('failed');
    expect(log).toContain(sentence);
    expect(readdirSync(forge).sort()).toEqual(before);
  });

  it.each<[string, object]>([
    ['a path', { name: '../ledger' }],
    ['an expression', { name: '${{ secrets.x }}' }],
    ['a long name', { name: 'x'.repeat(41) }],
    ['a description that would be code', { description: '"; drop' }],
    ['an unknown forge', { forge: 'elsewhere' }],
    ['a host with a path', { hosts: [{ environment: 'dev', host: 'a/b' }] }],
    ['no size', { size: '0Gi' }],
  ])('takes no form with %s', async (_, more) => {
    await expect(start(more)).rejects.toThrow(/: 400:/);
  });
});
