import { parse } from 'yaml';
import { applySplices } from '../../text/apply-splices';
import { base } from './__testUtils__/written-overlays';
import { editOverlay } from './edit-overlay';
import type { WishedOverlay } from './edit-overlay';
import { newOverlay } from './new-overlay';
import { readOverlay } from './overlay';
import { readYamlFile } from './yaml-file';

const folder = 'ledger/dev';
const commit = 'a'.repeat(40);
const address = `${base.repository}//${base.path}`;

const written: Readonly<Record<string, string>> = {
  'kustomization.yaml': `resources:\n- ${address}?ref=${commit}  # v1.0.0\n- claim.yaml\n- ./web.yaml\n`,
  'claim.yaml': `# the data\r\nkind: PersistentVolumeClaim\r\nmetadata: {name: dojo-data}\r\nspec:\r\n  accessModes: [ ReadWriteOnce ]\r\n  resources: {requests: {storage: 1Gi}} # grows\r\n`,
  'web.yaml': `kind: Service\nmetadata: {name: x}\n---\nkind: Ingress\nmetadata:\n    name: ledger\nspec:\n    tls:\n    - hosts: ["ledger.example.test"]\n    rules:\n    - host: "ledger.example.test"   # ours\n`,
};

/** The files that change, with what stands in them then. */
function edited(
  wish: Partial<WishedOverlay>,
  files: Readonly<Record<string, string>> = written,
): Record<string, string> {
  const texts = new Map(
    Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]),
  );
  const edits = editOverlay(readOverlay(folder, texts)!, {
    version: { base, commit, tag: 'v1.0.0', images: [] },
    newIngress: host => ({ name: 'ledger', host, service: 'ledger', port: 80 }),
    isTag: word => /^v\d/.test(word),
    ...wish,
  });
  return Object.fromEntries(
    edits.map(({ path, created, splices }) => [
      path.slice(folder.length + 1),
      applySplices(created ? '' : texts.get(path)!, splices),
    ]),
  );
}

describe('editOverlay', () => {
  it('changes nothing where all is as wished, in whatever spelling', () => {
    expect(
      edited({ host: 'ledger.example.test', storage: { size: '1024Mi' } }),
    ).toEqual({});
  });

  it('sets storage and host where they stand, and nothing else', () => {
    expect(
      edited({
        host: 'books.example.test',
        storage: { size: '2Gi', accessModes: ['ReadWriteOnce'] },
      }),
    ).toEqual({
      'claim.yaml': written['claim.yaml'].replace('1Gi', '2Gi'),
      'web.yaml': written['web.yaml'].replaceAll('ledger.ex', 'books.ex'),
    });
  });

  it('adds an ingress where there is none', () => {
    const { 'web.yaml': ignored, ...files } = written;
    const found = edited({ host: '1e3' }, files);
    expect(found['ingress.yaml']).toContain('- host: "1e3"\n');
    expect(found['kustomization.yaml']).toBe(
      `${written['kustomization.yaml']}- ingress.yaml\n`,
    );
  });

  it.each<[string, Partial<WishedOverlay>, Record<string, string>, string]>([
    [
      'a smaller claim',
      { storage: { size: '1023Mi' } },
      {},
      '1023 Mi is less than the 1 Gi of the existing claim; a claim cannot shrink.',
    ],
    [
      'another class',
      { storage: { size: '1Gi', class: 'fast' } },
      {},
      "the claim's storage class is the default, and cannot become fast",
    ],
    [
      'another access mode',
      { storage: { size: '1Gi', accessModes: ['ReadWriteMany'] } },
      {},
      'access mode is ReadWriteOnce, and cannot become ReadWriteMany',
    ],
    [
      'a claim that is not named',
      { storage: { size: '1Gi' } },
      {
        'claim.yaml':
          'kind: PersistentVolumeClaim\nmetadata: {name: dojo-data-2}',
      },
      'ledger/dev has no PersistentVolumeClaim dojo-data among its resources',
    ],
    [
      'a claim without a size',
      { storage: { size: '1Gi' } },
      {
        'claim.yaml':
          'kind: PersistentVolumeClaim\nmetadata: {name: dojo-data}',
      },
      'claim dojo-data requests no storage',
    ],
    [
      'several hosts',
      { host: 'c' },
      { 'web.yaml': 'kind: Ingress\nspec: {rules: [{host: a}, {host: b}]}' },
      'ledger/dev/web.yaml:1 has the hosts a, b, and which of them becomes c is not known',
    ],
    [
      'an ingress without a host',
      { host: 'c' },
      { 'web.yaml': 'kind: Ingress\nspec: {rules: []}' },
      'the ingress has no rule with a host',
    ],
    [
      'two kustomizations',
      {},
      { Kustomization: 'resources: []' },
      'ledger/dev holds kustomization.yaml and Kustomization, of which kustomize takes only one',
    ],
  ])('refuses %s', (_, wish, files, message) => {
    expect(() => edited(wish, { ...written, ...files })).toThrow(message);
  });

  it('refuses a folder that holds something else', () => {
    expect(() => edited({}, { 'README.md': 'x' })).toThrow(
      'ledger/dev holds ledger/dev/README.md and no kustomization.yaml',
    );
  });
});

describe('newOverlay', () => {
  it.each([
    'on',
    'no',
    '1e3',
    '0123',
    'null',
    '2026-11-29',
    '~',
    '0x1F',
    '1_000',
    '=',
    '.inf',
    'ledger',
    'ghcr.io/acme/ledger',
    '127.0.0.1:5000/acme/ledger',
    '1.10',
  ])('writes %j so that it is text in YAML 1.1 and 1.2', name => {
    const files = newOverlay({
      component: name,
      namespace: name,
      version: {
        base: address,
        commit,
        tag: name,
        images: [{ name, newTag: name }],
      },
      storage: { size: '1Gi', class: name },
      ingress: { name, host: name, service: name, port: name },
    });
    for (const version of ['1.1', '1.2'] as const) {
      const [kustomization, claim, ingress] = [...files].map(([, text]) =>
        parse(text, { version }),
      );
      expect(kustomization).toEqual({
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        namespace: name,
        resources: [`${address}?ref=${commit}`, 'pvc.yaml', 'ingress.yaml'],
        images: [{ name, newTag: name }],
        labels: [{ pairs: { 'app.kubernetes.io/part-of': name } }],
      });
      expect(claim.spec.storageClassName).toBe(name);
      expect(ingress.metadata.name).toBe(name);
      expect(ingress.spec.rules[0].host).toBe(name);
      expect(ingress.spec.rules[0].http.paths[0].backend.service).toEqual({
        name,
        port: { name },
      });
    }
    expect(readYamlFile('x', files.get('kustomization.yaml')!)).toBeDefined();
  });
});
