import { childNoticeSchema, childRequestSchema } from './child-request';
import type { ChildRequest } from './child-request';
import { listProblems } from './parse-input';

const planHash = 'a'.repeat(64);
const request: ChildRequest = {
  kind: 'migration',
  mode: 'run',
  request: {
    operation: 'migrate',
    order: 'ddl-first',
    keepBackups: 9,
    skipCacheRebuild: true,
    storageVersion: 'v1.4.0',
    database: '/databases/-x --y.duckdb',
  },
  migrations: 'sql',
  planHash,
};
const problemsOf = (value: unknown) => {
  const parsed = childRequestSchema.safeParse(value);
  return parsed.success ? [] : listProblems(parsed.error);
};

describe('childRequestSchema', () => {
  it('takes a request as it is', () => {
    expect(childRequestSchema.parse(request)).toEqual(request);
  });

  it('fills in the defaults of a migration', () => {
    expect(
      childRequestSchema.parse({
        kind: 'migration',
        mode: 'plan',
        request: { database: '/l.duckdb' },
        migrations: 'sql',
      }),
    ).toEqual({
      kind: 'migration',
      mode: 'plan',
      request: {
        operation: 'migrate',
        order: 'file',
        keepBackups: 3,
        skipCacheRebuild: false,
        storageVersion: 'v1.0.0',
        database: '/l.duckdb',
      },
      migrations: 'sql',
    });
  });

  it('looks at any change that waits, and merges the one that was looked at', () => {
    const merge = (mode: string, hash?: string) => ({
      kind: 'deployment-merge',
      mode,
      request: {
        component: 'ledger',
        environment: 'production',
        infra: 'file:infra.git',
        ...(hash !== undefined && { planHash: hash }),
      },
      access: {
        author: { name: 'P', email: 'p@acme.test' },
        allowedHosts: [],
        localRoot: '/forge',
        registries: [],
        authorizations: [],
      },
      policy: { freeze: [] },
      requester: 'user:default/eve',
    });
    expect(problemsOf(merge('plan'))).toEqual([]);
    expect(problemsOf(merge('run', planHash))).toEqual([]);
    expect(problemsOf(merge('run'))).toEqual([
      'request.planHash: is needed: what is merged is what was looked at',
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    ['no object', null, /^Expected object/],
    ['an array', [request], /^Expected object/],
    ['no kind', { ...request, kind: undefined }, /^kind: /],
    ['an unknown kind', { ...request, kind: 'drop' }, /^kind: .*'migration'/],
    ['an unknown mode', { ...request, mode: 'force' }, /^mode: /],
    [
      'a hash that is none',
      { ...request, planHash: 'x' },
      /^planHash: must be/,
    ],
    ['what it does not know', { ...request, argv: [] }, /'argv'/],
    [
      'what the engine does not know',
      { ...request, request: { ...request.request, shell: 'id' } },
      /^request: .*'shell'/,
    ],
    [
      'no database',
      { ...request, request: { ...request.request, database: '' } },
      /^request\.database: /,
    ],
    [
      'a migration without its SQL',
      { ...request, migrations: undefined },
      /^migrations: required/,
    ],
    [
      'a rebuild of caches without its SQL',
      {
        ...request,
        request: { ...request.request, operation: 'rebuild-caches' },
        migrations: undefined,
      },
      /^migrations: required/,
    ],
  ])('refuses %s', (_, value, problem) => {
    expect(problemsOf(value)).toEqual([expect.stringMatching(problem)]);
  });

  it('needs no SQL to restore', () => {
    const { migrations, ...rest } = request;
    expect(
      problemsOf({
        ...rest,
        request: { ...request.request, operation: 'restore' },
      }),
    ).toEqual([]);
  });
});

describe('childRequestSchema of a deployment', () => {
  const deployment = {
    kind: 'deployment',
    mode: 'plan',
    request: {
      component: 'ledger',
      environment: 'dev',
      infra: 'file:infra.git',
      base: 'file:ledger.git//deploy/k8s/base',
      version: 'v0.3.0',
    },
    access: {
      author: { name: 'Dojo', email: 'dojo@localhost' },
      allowedHosts: [],
      localRoot: '/forge',
      registries: [],
      authorizations: [],
    },
    policy: { freeze: [] },
    requester: 'user:default/eve',
  };

  it('takes a request as it is', () => {
    expect(childRequestSchema.parse(deployment)).toEqual(deployment);
  });

  it.each<[string, object, RegExp]>([
    [
      'two wishes',
      { request: { ...deployment.request, rollbackTo: 'previous' } },
      /^request\.version: exactly one of/,
    ],
    ['nobody who asks', { requester: undefined }, /^requester: Required/],
    [
      'an environment variable',
      { access: { ...deployment.access, env: {} } },
      /^access: .*'env'/,
    ],
  ])('refuses %s', (_, change, problem) => {
    expect(problemsOf({ ...deployment, ...change })).toEqual([
      expect.stringMatching(problem),
    ]);
  });
});

describe('childNoticeSchema', () => {
  const outcome = { kind: 'done', key: 'database /l.duckdb' };

  it('takes an outcome', () => {
    expect(childNoticeSchema.parse({ outcome })).toEqual({ outcome });
  });

  it.each([
    undefined,
    'done',
    outcome,
    { outcome: { ...outcome, kind: 'maybe' } },
    { log: 'x' },
  ])('takes no %j', message => {
    expect(childNoticeSchema.safeParse(message).success).toBe(false);
  });
});
