import { failureOf } from '../__testUtils__/failure-of';
import { memoryBases, memoryFiles } from '../__testUtils__/memory-files';
import { collectTree } from './collect-tree';

const sha = '0123456789abcdef0123456789abcdef01234567';
const { signal } = new AbortController();
const collect = (
  files: Readonly<Record<string, string>>,
  bases: Parameters<typeof memoryBases>[0] = {},
  folder = 'ledger/dev',
) =>
  collectTree(
    { source: memoryFiles(files), folder, openBase: memoryBases(bases) },
    signal,
  );
const overlay = (
  text: string,
  more: Readonly<Record<string, string>> = {},
) => ({
  'ledger/dev/kustomization.yaml': text,
  ...more,
});
const failure = (
  text: string,
  more: Readonly<Record<string, string>> = {},
  bases: Parameters<typeof memoryBases>[0] = {},
) => failureOf(() => collect(overlay(text, more), bases));

describe('collectTree', () => {
  it('follows a component below the overlay', async () => {
    const tree = await collect(
      overlay('components: [ingress]\n', {
        'ledger/dev/ingress/kustomization.yaml': 'kind: Component',
      }),
    );
    expect([...tree.files.keys()]).toContain(
      'ledger/dev/ingress/kustomization.yaml',
    );
  });

  it('follows all that a kustomization reads, and takes nothing else', async () => {
    const files = overlay(
      `resources: [../base, pvc.yaml, more, plain]
components: [../base/ingress/]
configMapGenerator:
- {name: a, files: [rates.json, b=c=d.txt], envs: [a.env]}
secretGenerator:
- {name: s, files: [s.txt]}
patches: [{path: p.yaml}, {patch: '{}', target: {kind: Service}}]
replacements: [{path: r.yaml}]
`,
      Object.fromEntries(
        [
          'pvc.yaml',
          'plain',
          'rates.json',
          'c=d.txt',
          'a.env',
          's.txt',
          'p.yaml',
          'r.yaml',
          'unnamed.yaml',
        ].map(name => [`ledger/dev/${name}`, name]),
      ),
    );
    const tree = await collect({
      ...files,
      'ledger/dev/more/kustomization.yml': 'resources: []',
      'ledger/base/Kustomization': 'namespace: x',
      'ledger/base/ingress/kustomization.yaml': 'kind: Component',
    });
    expect([...tree.files.keys()].sort()).toEqual([
      'ledger/base/Kustomization',
      'ledger/base/ingress/kustomization.yaml',
      ...[
        'a.env',
        'c=d.txt',
        'kustomization.yaml',
        'more/kustomization.yml',
        'p.yaml',
        'plain',
        'pvc.yaml',
        'r.yaml',
        'rates.json',
        's.txt',
      ].map(name => `ledger/dev/${name}`),
    ]);
  });

  it('reads each depth at once', async () => {
    const source = memoryFiles({
      ...overlay('resources: [a.yaml, b.yaml, ../base]', {
        'ledger/dev/a.yaml': '',
        'ledger/dev/b.yaml': '',
      }),
      'ledger/base/kustomization.yaml': 'resources: [c.yaml]',
      'ledger/base/c.yaml': '',
    });
    const options = { source, folder: 'ledger/dev', openBase: memoryBases() };
    await collectTree(options, signal);
    expect(source.reads.map(paths => paths.length)).toEqual([3, 5, 1]);
  });

  it('puts a base beside the overlay, and names it in the place of its address', async () => {
    const base = memoryFiles({
      'deploy/base/kustomization.yaml': 'resources: [d.yaml, ../other]',
      'deploy/base/d.yaml': 'd',
      'deploy/other/kustomization.yaml': 'namespace: x',
    });
    const address = `https://example.test/a.git//deploy/base?ref=${sha}`;
    const tree = await collect(overlay(`resources: ["${address}"] # v1\n`), {
      'https://example.test/a.git': base,
    });
    expect(tree.files.get('ledger/dev/kustomization.yaml')).toBe(
      '{"resources": ["../../.dojo-bases/1/deploy/base"]}',
    );
    expect(tree.files.get('.dojo-bases/1/deploy/base/d.yaml')).toBe('d');
    expect(tree.nameOf('.dojo-bases/1/deploy/base/d.yaml')).toBe(
      'https://example.test/a.git//deploy/base/d.yaml',
    );
  });

  it('opens a repository once for each commit', async () => {
    const base = memoryFiles({
      'a/kustomization.yaml': 'resources: []',
      'b/kustomization.yaml': 'resources: []',
    });
    const openBase = memoryBases({ 'https://example.test/r': base });
    const text = ['a', 'b'].map(
      name => `- https://example.test/r//${name}?ref=${sha}`,
    );
    const source = memoryFiles(overlay(`resources:\n${text.join('\n')}\n`));
    await collectTree({ source, folder: 'ledger/dev', openBase }, signal);
    expect(openBase.opened).toEqual([`https://example.test/r ${sha}`]);
  });

  it('renders a base alone, at the root of its repository', async () => {
    const tree = await collect(
      { 'kustomization.yaml': 'resources: [a.yaml]', 'a.yaml': 'x' },
      {},
      '',
    );
    expect([...tree.files.keys()]).toEqual(['kustomization.yaml', 'a.yaml']);
  });

  it.each([
    [
      'a path that leads out of the repository',
      'resources: [../../../etc]',
      'KUSTOMIZATION_REFERENCE_REFUSED: ledger/dev/kustomization.yaml:1: "../../../etc" leads out of the repository',
    ],
    [
      'a file outside its folder',
      'resources: [../x.yaml]',
      '"../x.yaml" leads out of the folder of its kustomization',
    ],
    [
      'a text outside its folder',
      'configMapGenerator:\n- name: a\n  files: [k=../../passwd]',
      'kustomization.yaml:3: "../../passwd" leads out of the folder',
    ],
    [
      'an absolute text',
      'secretGenerator:\n- name: a\n  envs: [/proc/self/environ]',
      '"/proc/self/environ" is absolute',
    ],
    [
      'a patch of the network',
      'patches: [{path: "http://127.0.0.1/p.yaml"}]',
      'is a file of the network',
    ],
    [
      'a replacement of the network',
      'replacements: [{path: "http://127.0.0.1/p.yaml"}]',
      'is a file of the network',
    ],
    [
      'an env file of the network',
      'configMapGenerator: [{name: a, envs: ["https://127.0.0.1/p"]}]',
      'is a file of the network',
    ],
    [
      'what rendering takes for itself',
      'resources: [../../.dojo-bases/1]',
      'is a folder that rendering takes for itself',
    ],
    [
      'a folder without kustomization',
      'resources: [../base]',
      'KUSTOMIZATION_FILE_MISSING: ledger/dev/kustomization.yaml:1: "../base" is not there: ledger/base is no folder with a kustomization.yaml',
    ],
    [
      'a file that is not there',
      'patches:\n- path: p.yaml',
      'ledger/dev/kustomization.yaml:2: "p.yaml" is not there: there is no file ledger/dev/p.yaml',
    ],
    [
      'itself',
      'resources: [.]',
      'KUSTOMIZATION_CYCLE: the kustomization of ledger/dev leads back to itself',
    ],
    [
      'an old key',
      'namespace: x\nbases: [../b]',
      'KUSTOMIZATION_KEY_OLD: ledger/dev/kustomization.yaml:2: bases is an old spelling',
    ],
    ['commonLabels', 'commonLabels: {a: b}', 'commonLabels is an old spelling'],
    [
      'env of a generator',
      'configMapGenerator: [{name: a, env: x}]',
      'env of configMapGenerator is an old spelling',
    ],
    [
      'Helm',
      'helmCharts: []',
      'KUSTOMIZATION_KEY_UNKNOWN: ledger/dev/kustomization.yaml:1: helmCharts is not allowed, since it runs Helm',
    ],
    ['generators', 'generators: [g.yaml]', 'generators may run plugins'],
    ['transformers', 'transformers: [g.yaml]', 'transformers may run plugins'],
    ['validators', 'validators: [g.yaml]', 'validators may run plugins'],
    ['openapi', 'openapi: {path: x}', 'openapi is not allowed'],
    [
      'a capital, which kustomize does not mind',
      'Resources: ["http://127.0.0.1/x"]',
      'Resources is no key that is allowed here',
    ],
    [
      'a capital in an entry',
      'patches: [{Path: "http://127.0.0.1/x"}]',
      'Path of patches is no key',
    ],
    [
      'a key merged from elsewhere',
      'metadata: &a {name: x}\n<<: {helmCharts: []}',
      'helmCharts is not allowed',
    ],
    [
      'a second document',
      'resources: []\n---\nresources: []',
      'it holds more than one document',
    ],
    ['what is no mapping', '- a', 'it is no mapping'],
    ['nothing', '# x', 'it is empty'],
    ['what is no list', 'resources: a', 'resources is no list'],
    [
      'patches of the old kind',
      'patches: [p.yaml]',
      'an entry of patches is no mapping',
    ],
    [
      'a file of a megabyte',
      `# ${'x'.repeat(300_000)}`,
      'it has more than 262144 characters',
    ],
  ])('refuses %s', async (_, text, why) => {
    expect(await failure(text)).toContain(why);
  });

  it('does not see what only another reader takes for a line, and neither does kustomize', async () => {
    const tree = await collect(
      overlay(
        '# x\u0085helmCharts: [{name: x}]\u2028resources: [http://127.0.0.1/x]\nnamespace: a\n',
      ),
    );
    expect(tree.files.get('ledger/dev/kustomization.yaml')).toBe(
      '{"namespace": a}',
    );
  });

  it('refuses two kustomizations of one folder', async () => {
    expect(
      await failure('resources: []', { 'ledger/dev/kustomization.yml': '' }),
    ).toBe(
      'KUSTOMIZATION_TWICE: ledger/dev/kustomization.yaml and ledger/dev/kustomization.yml are both the kustomization of one folder',
    );
  });

  it('refuses a folder without kustomization', async () => {
    expect(await failureOf(() => collect({}))).toBe(
      'KUSTOMIZATION_MISSING: ledger/dev has no kustomization.yaml',
    );
  });

  it('refuses folders that lead back to one another', async () => {
    expect(
      await failure('resources: [../a]', {
        'ledger/a/kustomization.yaml': 'resources: [../b]',
        'ledger/b/kustomization.yaml': 'resources: [../a]',
      }),
    ).toBe(
      'KUSTOMIZATION_CYCLE: the kustomization of ledger/a leads back to itself',
    );
  });

  it('refuses folders below one another without end', async () => {
    const deep = Object.fromEntries(
      Array.from({ length: 30 }, (_, level) => [
        `ledger/${level}/kustomization.yaml`,
        `resources: [../${level + 1}]`,
      ]),
    );
    expect(await failure('resources: [../0]', deep)).toContain(
      'KUSTOMIZATION_TOO_LARGE: ledger/16 is included through more than 16 other kustomizations',
    );
  });

  it('refuses what is included again and again, which is few files and a million objects', async () => {
    const levels = Array.from({ length: 14 }, (_, level) =>
      ['a', 'b'].map(side => [
        `ledger/${side}${level}/kustomization.yaml`,
        `namePrefix: ${side}-\nresources: [../a${level + 1}, ../b${level + 1}]`,
      ]),
    ).flat();
    const ends = ['a14', 'b14'].map(name => [
      `ledger/${name}/kustomization.yaml`,
      'resources: []',
    ]);
    expect(
      await failure(
        'resources: [../a0, ../b0]',
        Object.fromEntries([...levels, ...ends]),
      ),
    ).toContain('includes its bases again and again: 65535 kustomizations');
  });

  it('refuses more files than an overlay needs, before it reads them all', async () => {
    const names = Array.from({ length: 2_100 }, (_, index) => `${index}.yaml`);
    const files = Object.fromEntries(
      names.map(name => [`ledger/dev/${name}`, '']),
    );
    expect(
      await failure(
        `resources:\n${names.map(name => `- ${name}\n`).join('')}`,
        files,
      ),
    ).toContain(
      'KUSTOMIZATION_TOO_LARGE: the overlay and its bases name more than 2000 files',
    );
  });

  it('refuses a repository of this machine that a base from elsewhere names', async () => {
    const base = memoryFiles({
      'kustomization.yaml': `resources: ["file:///srv/secret.git//x?ref=${sha}"]`,
    });
    expect(
      await failure(
        `resources: ["https://example.test/a.git?ref=${sha}"]`,
        {},
        { 'https://example.test/a.git': base },
      ),
    ).toBe(
      'BASE_LOCAL_REFUSED: https://example.test/a.git//kustomization.yaml:1: "file:///srv/secret.git" is a repository of this machine, named by a base that came from another one',
    );
  });

  it.each([
    [
      'a manifest',
      'resources: [a.yaml]',
      'KUSTOMIZATION_INVALID: ledger/dev/a.yaml:6: it holds more than 100000 values',
    ],
    [
      'a patch',
      'patches: [{path: a.yaml}]',
      'KUSTOMIZATION_INVALID: ledger/dev/a.yaml:6: it holds more than 100000 values',
    ],
  ])('refuses %s that aliases blow up', async (_, text, why) => {
    const bomb = ['a0: &a0 [x]'].concat(
      Array.from(
        { length: 9 },
        (__, level) =>
          `a${level + 1}: &a${level + 1} [${Array(10)
            .fill(`*a${level}`)
            .join()}]`,
      ),
    );
    expect(
      await failure(text, { 'ledger/dev/a.yaml': bomb.join('\n') }),
    ).toContain(why);
    expect(
      await failure(text, { 'ledger/dev/a.yaml': `${bomb.join('\n')}\u0085` }),
    ).toContain('line breaks that not every reader of YAML knows');
  });

  it('takes a text as it is, whatever aliases seem to be in it', async () => {
    const text = 'a: &a [*b]\n&c *c';
    const tree = await collect(
      overlay('configMapGenerator: [{name: x, files: [a.md]}]', {
        'ledger/dev/a.md': text,
      }),
    );
    expect(tree.files.get('ledger/dev/a.md')).toBe(text);
  });
});
