import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { failureOf } from './__testUtils__/failure-of';
import { goodManifests } from './__testUtils__/manifests';
import { memoryBases, memoryFiles } from './__testUtils__/memory-files';
import { testKustomize } from './__testUtils__/test-kustomize';
import { lintObjects } from './lint/lint-objects';
import { renderOverlay } from './render';

const { signal } = new AbortController();
type Files = Readonly<Record<string, string>>;
const render = (
  files: Files,
  bases: Parameters<typeof memoryBases>[0] = {},
) => {
  const kustomize = testKustomize();
  const rendered = renderOverlay(
    {
      source: memoryFiles(files),
      folder: 'o',
      openBase: memoryBases(bases),
      kustomize,
    },
    signal,
  );
  return Object.assign(rendered, { runs: kustomize.runs });
};
const base = {
  'b/kustomization.yaml': 'resources: [all.yaml]',
  'b/all.yaml': goodManifests,
};
const overlay = (text: string, more: Files = {}): Files => ({
  'o/kustomization.yaml': text,
  ...base,
  ...more,
});
const codesOf = async (files: Files) =>
  lintObjects(await render(files)).map(({ code }) => code);

describe('renderOverlay', () => {
  it.each<[string, Files]>([
    ['nothing but a base', overlay('resources: [../b]')],
    [
      'a prefix, labels and annotations',
      overlay(
        'resources: [../b]\nnamePrefix: a-\nlabels: [{pairs: {v: "1.10"}, includeTemplates: true}]\ncommonAnnotations: {note: "0x1F"}\n',
      ),
    ],
    [
      'images, replicas and a namespace',
      overlay(
        'resources: [../b]\nnamespace: here\nimages: [{name: ghcr.io/acme/ledger, newTag: "2e10"}, {name: ghcr.io/acme/wait, newName: w, newTag: "1.10"}]\nreplicas: [{name: ledger, count: 0}]\n',
      ),
    ],
    [
      'generators',
      overlay(
        'resources: [../b]\nconfigMapGenerator: [{name: g, files: [t.txt, "k e=t.txt"], envs: [e.env], literals: [a=b=c, "q=\\u2028"]}]\nsecretGenerator: [{name: s, type: Opaque, literals: [a=1]}]\ngeneratorOptions: {labels: {a: b}}\n',
        {
          'o/t.txt': 'x\u0085y\n---\nz: &a [*b]\n',
          'o/e.env': 'A=\n# c\nB= x\n',
        },
      ),
    ],
    [
      'patches and replacements',
      overlay(
        'resources: [../b]\npatches:\n- path: p.yaml\n- target: {kind: Deployment}\n  patch: |-\n    - {op: add, path: /spec/minReadySeconds, value: 0o17}\nreplacements: [{path: r.yaml}]\n',
        {
          'o/p.yaml':
            'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ledger, namespace: ledger-dev}\nspec: {strategy: {$patch: replace, type: Recreate}}\n',
          'o/r.yaml':
            '- source: {kind: Service, name: ledger, fieldPath: metadata.name}\n  targets: [{select: {kind: Deployment}, fieldPaths: [spec.template.metadata.labels.app]}]\n',
        },
      ),
    ],
    [
      'origins',
      overlay('resources: [../b]\nbuildMetadata: [originAnnotations]\n'),
    ],
    [
      'keys that stand twice',
      overlay(
        'resources: []\nresources: [../b]\nkind: Kustomization\nkind: Kustomization\n',
      ),
    ],
    [
      'aliases and merges in the kustomization',
      overlay(
        'metadata: {annotations: {a: &r ../b}}\nresources: [*r]\nlabels:\n- &l {pairs: {a: b}}\n- <<: *l\n  pairs: {c: d}\n',
      ),
    ],
  ])('renders %s byte for byte as kustomize does', async (_, files) => {
    const root = mkdtempSync(join(tmpdir(), 'dojo-render-test-'));
    try {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(root, dirname(path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
      const printed = execFileSync('kubectl', ['kustomize', join(root, 'o')], {
        encoding: 'utf8',
      });
      expect((await render(files)).yaml).toBe(printed);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it('renders a base of another repository', async () => {
    const sha = 'a'.repeat(40);
    const source = memoryFiles({
      'deploy/k/kustomization.yaml': 'resources: [x.yaml]',
      'deploy/k/x.yaml': goodManifests,
    });
    const { objects } = await render(
      {
        'o/kustomization.yaml': `resources: ["https://example.test/r//deploy/k?ref=${sha}"] # v1\n`,
      },
      { 'https://example.test/r': source },
    );
    expect(objects.map(({ kind }) => kind).sort()).toEqual([
      'Deployment',
      'PersistentVolumeClaim',
      'Service',
    ]);
  });

  it('has no findings, and runs once, where all is as it should be', async () => {
    const rendering = render(
      overlay(
        'resources: [../b]\nimages: [{name: ghcr.io/acme/ledger, newTag: "2"}]\npatches: [{target: {kind: Deployment, name: ledger}, patch: "- {op: add, path: /spec/paused, value: false}"}]\n',
      ),
    );
    expect(lintObjects(await rendering)).toEqual([]);
    expect(rendering.runs).toEqual(['o']);
  });

  describe('when a name is a pattern', () => {
    const twin = goodManifests.replace(
      'ghcr.io/acme/wait:1.0.0',
      'ghcrxio/acme/ledger:1.0.0',
    );

    it('refuses an images entry that changes an image of another name', async () => {
      expect(
        await failureOf(() =>
          render(
            overlay(
              'resources: [../b]\nimages:\n- {name: ghcr.io/acme/ledger, newTag: "2"}\n',
              { 'b/all.yaml': twin },
            ),
          ),
        ),
      ).toBe(
        'IMAGE_PATTERN_HIT: o/kustomization.yaml:3: the image name "ghcr.io/acme/ledger" is a pattern to kustomize, and it also changed ghcrxio/acme/ledger:1.0.0 of Deployment ledger',
      );
    });

    it('refuses an expression that changes an image, also under a new name', async () => {
      expect(
        await failureOf(() =>
          render(
            overlay(
              'resources: [../b]\nimages: [{name: "ghcr.io/.*/wait", newName: x}]\n',
            ),
          ),
        ),
      ).toContain(
        'IMAGE_PATTERN_HIT: o/kustomization.yaml:2: the image name "ghcr.io/.*/wait" is a pattern to kustomize, and it also changed ghcr.io/acme/wait:1.0.0',
      );
    });

    it('lets names pass that look alike and stay as they are', async () => {
      const files = overlay('resources: [../b, ../c]\nnamespace: here\n', {
        'c/kustomization.yaml': 'resources: [all.yaml]\nnameSuffix: -c\n',
        'c/all.yaml': twin,
        'b/kustomization.yaml':
          'resources: [all.yaml]\nimages: [{name: ghcr.io/acme/ledger, newTag: "2"}]\n',
      });
      const rendering = render(files);
      await rendering;
      expect(rendering.runs).toEqual(['o', 'o']);
    });
  });

  describe('when something matches nothing', () => {
    it('names the patch and the image', async () => {
      const files = overlay(
        'resources: [../b]\nimages:\n- {name: acme/ledger, newTag: "2"}\npatches:\n- target: {kind: Devployment, name: ledgr}\n  patch: "- {op: add, path: /spec/paused, value: false}"\n',
      );
      expect((await render(files)).findings).toEqual([
        {
          code: 'PATCH_UNMATCHED',
          severity: 'warning',
          file: 'o/kustomization.yaml',
          line: 5,
          message:
            'the patch for kind Devployment, name ledgr matches no object, and kustomize leaves it out without a word',
          hint: 'Correct the target, or remove the patch.',
        },
        {
          code: 'IMAGE_UNMATCHED',
          severity: 'warning',
          file: 'o/kustomization.yaml',
          line: 3,
          message: 'the images entry acme/ledger matches no container',
          hint: 'Write the name as the container has it, without tag and digest, or remove the entry.',
        },
      ]);
    });

    it.each([
      ['an expression', '{kind: Depl.*|Service}'],
      ['a label', '{labelSelector: app=ledger}'],
      ['nothing at all', '{}'],
      ['a name that a prefix changes', '{kind: Deployment, name: ledger}'],
    ])(
      'has nothing to say of a target that is %s and matches',
      async (_, target) => {
        const files = overlay(
          `namePrefix: a-\nresources: [../b]\npatches:\n- target: ${target}\n  patch: '- {op: add, path: /spec/x, value: 1}'\n`,
        );
        expect((await render(files)).findings).toEqual([]);
      },
    );
  });

  it('finds keys that stand twice', async () => {
    const files = overlay('resources: []\nresources: [../b]\n');
    expect((await render(files)).findings).toMatchObject([
      { code: 'KEY_REPEATED', file: 'o/kustomization.yaml', line: 2 },
    ]);
  });

  it('finds a claim that was renamed, and where it is written', async () => {
    for (const text of [
      'namePrefix: dev-',
      'nameSuffix: -v2',
      'patches: [{target: {kind: PersistentVolumeClaim}, patch: "- {op: replace, path: /metadata/name, value: other}"}]',
    ]) {
      expect(await codesOf(overlay(`resources: [../b]\n${text}\n`))).toContain(
        'CLAIM_RENAMED',
      );
    }
    const rendered = await render(
      overlay('resources: [../b]\nnamePrefix: dev-\n'),
    );
    expect(lintObjects(rendered)[0]).toMatchObject({
      code: 'CLAIM_RENAMED',
      object: 'PersistentVolumeClaim dev-dojo-data',
      file: 'b/all.yaml',
      line: 22,
    });
  });

  it('finds that everything is deleted', async () => {
    const codes = await codesOf(
      overlay(
        'namespace: here\nresources: [../b]\npatches:\n- target: {}\n  patch: |-\n    $patch: delete\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: x}\n',
      ),
    );
    expect(codes).toEqual(['WORKLOAD_MISSING', 'CLAIM_MISSING']);
  });

  describe('when a base is hostile', () => {
    let requests = 0;
    const server = createServer((_, answer) => {
      requests++;
      answer.end('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n');
    });
    let address = '';
    const marker = join(tmpdir(), `dojo-hostile-${process.pid}`);
    beforeAll(async () => {
      await new Promise<void>(resolve => {
        server.listen(0, '127.0.0.1', resolve);
      });
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(() => server.close());

    it.each<[string, (url: string) => Files]>([
      [
        'a file of the network',
        url => ({ 'b/kustomization.yaml': `resources: ["${url}/x.yaml"]` }),
      ],
      [
        'a file of the network with a ref',
        url => ({
          'b/kustomization.yaml': `resources: ["${url}/x.yaml?ref=main"]`,
        }),
      ],
      [
        'a patch of the network',
        url => ({
          'b/kustomization.yaml': `resources: [all.yaml]\npatches: [{path: "${url}/x"}]`,
        }),
      ],
      [
        'a text of the network',
        url => ({
          'b/kustomization.yaml': `configMapGenerator: [{name: x, files: ["k=${url}/x"]}]`,
        }),
      ],
      [
        'a key in capitals',
        url => ({ 'b/kustomization.yaml': `RESOURCES: ["${url}/x"]` }),
      ],
      [
        'a repository that may move',
        () => ({
          'b/kustomization.yaml':
            'resources: ["https://127.0.0.1/a//b?ref=main"]',
        }),
      ],
      [
        'a repository by shorthand',
        () => ({
          'b/kustomization.yaml':
            'resources: ["github.com/acme/ledger?ref=main"]',
        }),
      ],
      [
        'the password file',
        () => ({
          'b/kustomization.yaml':
            'configMapGenerator: [{name: x, files: [../../../../../../etc/passwd]}]',
        }),
      ],
      [
        'the environment',
        () => ({
          'b/kustomization.yaml':
            'configMapGenerator: [{name: x, envs: [/proc/self/environ]}]',
        }),
      ],
      [
        'a plugin',
        () => ({
          'b/kustomization.yaml': 'generators: [g.yaml]',
          'b/g.yaml': `apiVersion: someteam/v1\nkind: G\nmetadata: {name: x, annotations: {config.kubernetes.io/function: "exec: {path: ./run.sh}"}}\n`,
          'b/run.sh': `#!/bin/sh\ntouch ${marker}\n`,
        }),
      ],
      [
        'a function',
        () => ({
          'b/kustomization.yaml': 'transformers: [g.yaml]',
          'b/g.yaml': '',
        }),
      ],
      [
        'Helm',
        () => ({
          'b/kustomization.yaml':
            'helmCharts: [{name: x, repo: "https://127.0.0.1"}]',
        }),
      ],
      ['itself', () => ({ 'b/kustomization.yaml': 'resources: [../b]' })],
      ['its overlay', () => ({ 'b/kustomization.yaml': 'resources: [../o]' })],
      [
        'a hundred thousand files',
        () => ({
          'b/kustomization.yaml': `resources:\n${'- all.yaml\n'.repeat(
            100_000,
          )}`,
        }),
      ],
      ['deep nesting', () => ({ 'b/kustomization.yaml': '['.repeat(100_000) })],
      [
        'a bomb of aliases',
        () => ({
          'b/all.yaml': `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(
            2_000,
          )}]\nc: [${'*b,'.repeat(2_000)}]`,
        }),
      ],
    ])('refuses %s', async (_, files) => {
      const said = await failureOf(() =>
        render(overlay('resources: [../b]', files(address))),
      );
      expect(said).toMatch(/^(?:KUSTOMIZATION_|BASE_)/);
      expect(said).not.toContain('root:');
    });

    it('runs nothing and reads nothing of what a manifest says', async () => {
      const { objects } = await render(
        overlay('resources: [../b]', {
          'b/all.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, annotations: {config.kubernetes.io/function: "exec: {path: /usr/bin/touch, args: [${marker}]}"}}\ndata: {a: !include /etc/passwd}\n---\napiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: h}\n---\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: {name: k}\nresources: ["${address}/x.yaml"]\n`,
        }),
      );
      expect(objects).toHaveLength(3);
    });

    it('has reached no network and run no program', () => {
      expect(requests).toBe(0);
      expect(existsSync(marker)).toBe(false);
    });
  });
});
