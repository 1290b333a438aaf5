import { observeOverlays } from './observe-overlays';

const ingress = (...hosts: string[]) =>
  `kind: Ingress\nspec:\n  rules:\n${hosts
    .map(host => `    - host: ${host}\n`)
    .join('')}`;
const claim = (size: string, name = 'dojo-data') =>
  `kind: PersistentVolumeClaim\nmetadata: { name: ${name} }\nspec:\n  resources: { requests: { storage: ${size} } }\n`;

const observe = (files: Record<string, string>) =>
  observeOverlays(
    {
      listFiles: async () => Object.keys(files),
      readFiles: async paths => paths.map(path => files[path]),
    },
    new AbortController().signal,
  );

describe('observeOverlays', () => {
  it('finds hosts and claims, whatever their files are called', async () => {
    expect(
      await observe({
        'ledger/dev/ingress.yaml': ingress('Ledger.dev.example.com', 'b.c'),
        'ledger/dev/all.yml': `${claim('2Gi')}---\n${ingress('b.c', 'd.e')}`,
        'ledger/staging/pvc.yaml': claim('1Gi', 'other'),
        'savings/dev/pvc.yaml': claim('3'),
      }),
    ).toEqual([
      {
        component: 'ledger',
        environment: 'dev',
        hosts: ['ledger.dev.example.com', 'b.c', 'd.e'],
        storage: '2Gi',
      },
      { component: 'ledger', environment: 'staging', hosts: [] },
      { component: 'savings', environment: 'dev', hosts: [], storage: '3' },
    ]);
  });

  it.each([
    ['no YAML', '{'],
    [
      'a bomb of aliases',
      `a: &a [x]\n${'b: &b [*a, *a]\n'.repeat(1)}c: [${'*a, '.repeat(
        3_000,
      )}*a]`,
    ],
    ['a deep one', '['.repeat(10_000)],
    ['a large one', `# ${'x'.repeat(70_000)}\n${ingress('a.b')}`],
    ['an ingress of something else', 'kind: Ingress\nspec: [1]\n'],
    ['a list', '- 1\n'],
  ])('holds nothing of %s', async (_, text) => {
    expect(await observe({ 'a/dev/x.yaml': text })).toEqual([
      { component: 'a', environment: 'dev', hosts: [] },
    ]);
  });

  it('looks at no file of another kind or place', async () => {
    expect(
      await observe({
        'a/dev/kustomization.yaml': ingress('a.b'),
        'a/dev/patches/x.yaml': ingress('a.b'),
        'x.yaml': ingress('a.b'),
        'a/dev/notes.md': ingress('a.b'),
      }),
    ).toEqual([]);
  });
});
