import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReleaseResult } from 'backstage-plugin-dojo-common';
import { git, GitServer, makeRepository, startGitServer } from 'dojo-testing';
import { stringify } from 'yaml';
import { startPortal, TestPortal } from './__testUtils__/startPortal';
import { until } from './__testUtils__/until';

const folder = mkdtempSync(join(tmpdir(), 'dojo-recovery-'));
const template = join(__dirname, '../../../templates/release/template.yaml');

/**
 * Where the push of each component is held while the backend is killed. A hook before the refs are written ends in a
 * rejection once its client is dead; after them it has nothing more to say.
 */
const components = [
  { name: 'before-the-refs', hook: 'pre-receive' },
  { name: 'after-the-refs', hook: 'post-receive' },
];

const repositoryOf = (name: string) => join(folder, 'forge', `${name}.git`);
const gateOf = (name: string) => join(folder, 'gates', name);
const refsOf = (name: string) =>
  git(repositoryOf(name), [
    'for-each-ref',
    '--format=%(refname) %(objectname)',
  ]);

function makeHeldRepository(name: string, hook: string): void {
  makeRepository(repositoryOf(name), {
    commits: [
      { message: 'feat: begin', files: { VERSION: '1.0.0\n' }, tag: 'v1.0.0' },
      { message: 'fix: round half to even' },
    ],
  });
  const gate = gateOf(name);
  mkdirSync(gate, { recursive: true });
  const file = join(repositoryOf(name), 'hooks', hook);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(
    file,
    `#!/bin/sh
[ -e '${gate}/open' ] && exit 0
touch '${gate}/reached'
while [ ! -e '${gate}/open' ]; do sleep 0.1; done
exit 1
`,
  );
  chmodSync(file, 0o755);
}

function writeEntities(gitUrl: string): string {
  const file = join(folder, 'entities.yaml');
  const documents = components.map(({ name }) =>
    stringify({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        annotations: { 'dojo/repository': `${gitUrl}/${name}.git` },
      },
      spec: { type: 'service', lifecycle: 'production', owner: 'accounting' },
    }),
  );
  writeFileSync(file, documents.join('---\n'));
  return file;
}

interface TaskEvent {
  readonly type: string;
  readonly body: { readonly output?: object };
}

describe('a backend that is killed in mid-release', () => {
  let server: GitServer;
  let portal: TestPortal | undefined;

  const start = async (entities: string) => {
    portal = await startPortal({
      folder,
      config: {
        catalog: {
          locations: [
            { type: 'file', target: entities },
            {
              type: 'file',
              target: template,
              rules: [{ allow: ['Template'] }],
            },
          ],
        },
        scaffolder: {
          taskRecovery: { enabled: true, staleTimeout: { seconds: 10 } },
        },
        dojo: {
          git: { allowedHosts: [new URL(server.url).host] },
          allow: { repositories: [{ pattern: `${server.url}/*` }] },
        },
      },
    });
    return portal;
  };

  beforeAll(async () => {
    server = await startGitServer({ root: join(folder, 'forge') });
    components.forEach(({ name, hook }) => makeHeldRepository(name, hook));
  });
  afterAll(async () => {
    components.forEach(({ name }) =>
      writeFileSync(join(gateOf(name), 'open'), ''),
    );
    await portal?.kill();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('finishes the release after its restart, once, as it was reviewed', async () => {
    const entities = writeEntities(server.url);
    const first = await start(entities);
    const tasks = await Promise.all(
      components.map(async ({ name }) => {
        const component = `component:default/${name}`;
        const plan = await until('the catalog has the component', () =>
          first
            .call<ReleaseResult>('POST', '/api/dojo/plans/release', {
              component,
            })
            .catch(error => {
              if (String(error).includes('COMPONENT_NOT_FOUND'))
                return undefined;
              throw error;
            }),
        );
        const { id } = await until('the catalog has the template', () =>
          first
            .call<{ id: string }>('POST', '/api/scaffolder/v2/tasks', {
              templateRef: 'template:default/release',
              values: {
                component,
                bump: 'auto',
                review: {
                  planHash: plan.planHash,
                  date: plan.plan.decides.release?.date,
                },
              },
            })
            .catch(error => {
              if (String(error).includes('404')) return undefined;
              throw error;
            }),
        );
        return { id, name, planHash: plan.planHash };
      }),
    );
    await until('both pushes are held', async () =>
      components.every(({ name }) => existsSync(join(gateOf(name), 'reached')))
        ? true
        : undefined,
    );

    await first.kill();
    components.forEach(({ name }) =>
      writeFileSync(join(gateOf(name), 'open'), ''),
    );
    const landed = refsOf('after-the-refs');
    expect(landed).toContain('refs/tags/v1.0.1');
    expect(refsOf('before-the-refs')).not.toContain('refs/tags/v1.0.1');

    const second = await start(entities);
    for (const { id, name, planHash } of tasks) {
      const task = await until(`the task of ${name} ended`, async () => {
        const { status } = await second.call<{ status: string }>(
          'GET',
          `/api/scaffolder/v2/tasks/${id}`,
        );
        return status === 'processing' || status === 'open'
          ? undefined
          : status;
      });
      const events = await second.call<TaskEvent[]>(
        'GET',
        `/api/scaffolder/v2/tasks/${id}/events`,
      );
      const text = JSON.stringify(events);
      expect({ name, task, text }).toEqual({ name, task: 'completed', text });
      const { output } = events.find(({ type }) => type === 'completion')!.body;
      expect(output).toMatchObject({
        links: [{ entityRef: `component:default/${name}` }],
        text: [{ content: expect.stringMatching(/tag (?:is )?`v1\.0\.1`/) }],
      });

      const repository = repositoryOf(name);
      expect(git(repository, ['tag', '--list'])).toBe('v1.0.0\nv1.0.1');
      expect(git(repository, ['rev-parse', 'v1.0.1^0'])).toBe(
        git(repository, ['rev-parse', 'main']),
      );
      expect(git(repository, ['rev-list', '--count', 'main'])).toBe('3');
      expect(git(repository, ['show', 'v1.0.1'])).toContain(
        `Dojo-Plan: ${planHash}`,
      );
    }
    expect(refsOf('after-the-refs')).toBe(landed);
  }, 600_000);
});
