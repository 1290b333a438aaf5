import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  renderService,
  serviceValues,
  ServiceValues,
} from './__testUtils__/renderService';

const folder = mkdtempSync(join(tmpdir(), 'dojo-service-skeleton-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Text that would end a string of any of the languages that it is written into. */
const hostile = `Käse & "co" \\ 'x' \${y} {{z}} #1: <b>`;
const services: readonly ServiceValues[] = [
  serviceValues('savings', { title: hostile, description: hostile }),
  serviceValues('an-excellent-service-with-forty-letters', {
    forge: 'github',
    repository: 'https://github.com/acme/an-excellent-service',
    image: 'ghcr.io/acme/an-excellent-service',
    system: 'bookkeeping',
  }),
  serviceValues('pennies', { frontend: 'vue' }),
];

type Files = Readonly<Record<string, string>>;

function readFiles(root: string): Files {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    paths
      .filter(path => statSync(join(root, path)).isFile())
      .sort()
      .map(path => [path, readFileSync(join(root, path), 'utf8')]),
  );
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
}
interface Workflow {
  readonly permissions: object;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions: Readonly<Record<string, string>>;
        readonly steps: readonly Step[];
      }
    >
  >;
}

describe.each(services)('the skeleton of a service, as $name', values => {
  const root = join(folder, values.name);
  let files: Files;
  const workflow = (name: string): Workflow =>
    parse(files[`.github/workflows/${name}.yml`]);
  beforeAll(async () => {
    await renderService(root, values);
    files = readFiles(root);
  });

  it('leaves no mark of the template in names and texts', () => {
    expect(
      Object.entries(files).filter(([path, text]) => {
        const own = path.startsWith('.github/') ? /\$\{\{ (?!values)/g : /$^/g;
        return /\$\{\{|\{%|\{#/.test(`${path}\n${text}`.replace(own, ''));
      }),
    ).toEqual([]);
    expect(Object.keys(files)).toContain(`src/${values.package}/core/app.py`);
  });

  it('is the same, byte for byte, when it is made again', async () => {
    const again = join(folder, `${values.name}-again`);
    await renderService(again, values);
    expect(readFiles(again)).toEqual(files);
  });

  it('says what it is as it was typed in', () => {
    expect(parse(files['catalog-info.yaml'])).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: values.name,
        title: values.title,
        description: values.description,
        tags: ['python', 'duckdb'],
        annotations: {
          'dojo/repository': values.repository,
          'dojo/image': values.image,
          'dojo/migrations': `src/${values.package}/sql/migrations`,
          'dojo/base-path': 'deploy/k8s/base',
          'backstage.io/techdocs-ref': 'dir:.',
        },
      },
      spec: {
        type: 'service',
        lifecycle: 'production',
        owner: 'group:default/accounting',
        ...(values.system && { system: values.system }),
      },
    });
    expect(parse(files['mkdocs.yml']).site_name).toBe(values.title);
  });

  it('brings scripts that can be run', () => {
    const scripts = Object.keys(files).filter(path =>
      path.startsWith('scripts/'),
    );
    expect(scripts).toEqual(
      expect.arrayContaining(
        ['release', 'run-migrations-check', 'rebuild-caches', 'run-tests'].map(
          name => `scripts/${name}`,
        ),
      ),
    );
    expect(
      scripts.filter(path => (statSync(join(root, path)).mode & 0o111) === 0),
    ).toEqual([]);
  });

  it.each(['ci', 'release'])(
    'gives each job of %s no more than it says, and no text of others to a shell',
    name => {
      const { permissions, jobs } = workflow(name);
      expect(permissions).toEqual({});
      const steps = Object.values(jobs).flatMap(job => job.steps);
      expect(
        steps
          .flatMap(({ uses = [] }) => uses)
          .filter(uses => !/@[0-9a-f]{40}$/.test(uses)),
      ).toEqual([]);
      expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
    },
  );

  it('builds each commit once, and lets only that job write packages', () => {
    const { jobs } = workflow('ci');
    expect(jobs.check.permissions).toEqual({ contents: 'read' });
    expect(jobs.image.permissions).toEqual({
      contents: 'read',
      packages: 'write',
      'id-token': 'write',
      attestations: 'write',
    });
    const run = jobs.image.steps.map(step => step.run ?? '').join('\n');
    expect(run).toContain('scripts/push-image "$LOADED" "$IMAGE:$GITHUB_SHA"');
  });
});
