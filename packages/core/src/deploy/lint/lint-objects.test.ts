import { changed, withMore } from '../__testUtils__/manifests';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { lintObjects } from './lint-objects';
import type { LintContext } from './lint-rule';

const dev = { namespace: 'ledger-dev', environment: 'dev' };
const said = (
  objects: readonly KubernetesObject[],
  context: LintContext = dev,
) =>
  lintObjects({ objects }, context).map(
    ({ code, severity, object = '', message }) =>
      `${severity} ${code} ${object}: ${message}`,
  );
const claim = 'PersistentVolumeClaim dojo-data';
const ledger = 'Deployment ledger';
const long = 'x'.repeat(64);
const object = (kind: string, more = '') =>
  `apiVersion: x/v1\nkind: ${kind}\nmetadata: {name: extra}\n${more}`;
const good = changed();
const statefulSet = (template: string) =>
  withMore(
    `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: cache, namespace: ledger-dev}\nspec: {serviceName: cache, replicas: 3, selector: {matchLabels: {app: cache}}, template: {metadata: {labels: {app: cache}}, spec: {securityContext: {runAsNonRoot: true}, containers: [{name: c, image: 'a:1'}]}}, volumeClaimTemplates: [${template}]}\n`,
  );

describe('lintObjects', () => {
  it('has nothing to say of an overlay as it should be, alone or beside the one before', () => {
    expect(said(good)).toEqual([]);
    expect(said(good, { ...dev, before: good })).toEqual([]);
    expect(said(good, {})).toEqual([]);
  });

  describe('when an object breaks a rule', () => {
    it.each<[string, readonly KubernetesObject[], string]>([
      [
        'more replicas',
        changed(['replicas: 1', 'replicas: 2']),
        `error WRITER_REPLICAS ${ledger}: it has 2 replicas`,
      ],
      [
        'a rolling update',
        changed([
          'strategy: {type: Recreate}',
          'strategy: {type: RollingUpdate}',
        ]),
        `error WRITER_STRATEGY ${ledger}: its strategy is RollingUpdate`,
      ],
      [
        'no strategy',
        changed(['  strategy: {type: Recreate}\n', '']),
        `error WRITER_STRATEGY ${ledger}: its strategy is RollingUpdate`,
      ],
      [
        'rollingUpdate left behind',
        changed([
          '{type: Recreate}',
          '{type: Recreate, rollingUpdate: {maxSurge: 1}}',
        ]),
        `error STRATEGY_LEFTOVER ${ledger}: its strategy is Recreate and still has rollingUpdate`,
      ],
      [
        'an autoscaler',
        withMore(
          object(
            'HorizontalPodAutoscaler',
            'spec: {scaleTargetRef: {kind: Deployment, name: ledger}}',
          ),
        ),
        'error WRITER_AUTOSCALED HorizontalPodAutoscaler extra: it scales Deployment ledger',
      ],
      [
        'privileged',
        changed(['{allowPrivilegeEscalation: false', '{privileged: true']),
        `error PRIVILEGED ${ledger}: container ledger is privileged`,
      ],
      [
        'a capability',
        changed(['{drop: [ALL]}', '{add: [SYS_ADMIN]}']),
        `error CAPABILITY_ADDED ${ledger}: container ledger adds the capability SYS_ADMIN`,
      ],
      [
        'root for the pod',
        changed(['runAsNonRoot: true, runAsUser: 1000', 'runAsUser: 0']),
        `error RUN_AS_ROOT ${ledger}: container wait runs as root: runAsUser is 0`,
      ],
      [
        'root for a container',
        changed(['{allowPrivilegeEscalation: false', '{runAsUser: 0']),
        `error RUN_AS_ROOT ${ledger}: container ledger runs as root`,
      ],
      [
        'no word about root',
        changed(['runAsNonRoot: true, runAsUser: 1000, ', '']),
        `warning ROOT_NOT_EXCLUDED ${ledger}: container wait may run as root`,
      ],
      [
        'a host path',
        changed([
          'volumes: [',
          'volumes: [{name: host, hostPath: {path: /var/run}}, ',
        ]),
        `error HOST_PATH ${ledger}: the volume host is a hostPath, /var/run of the node`,
      ],
      [
        'a host namespace',
        changed([
          '      securityContext: {runAs',
          '      hostNetwork: true\n      securityContext: {runAs',
        ]),
        `error HOST_NAMESPACE ${ledger}: it has hostNetwork`,
      ],
      [
        'latest',
        changed(['wait:1.0.0', 'wait:latest']),
        `error IMAGE_UNPINNED ${ledger}: the image ghcr.io/acme/wait:latest of container wait has the tag latest`,
      ],
      [
        'no tag',
        changed(['ghcr.io/acme/wait:1.0.0', 'localhost:5000/wait']),
        `error IMAGE_UNPINNED ${ledger}: the image localhost:5000/wait of container wait has no tag`,
      ],
      [
        'another namespace',
        changed([
          'name: dojo-data, namespace: ledger-dev',
          'name: dojo-data, namespace: kube-system',
        ]),
        `error NAMESPACE_FOREIGN ${claim}: it goes to the namespace kube-system, and the environment's is ledger-dev`,
      ],
      [
        'no namespace',
        changed(['name: dojo-data, namespace: ledger-dev', 'name: dojo-data']),
        `error NAMESPACE_MISSING ${claim}: it names no namespace`,
      ],
      [
        'a ClusterRoleBinding',
        withMore(object('ClusterRoleBinding')),
        'error CLUSTER_SCOPED ClusterRoleBinding extra: a ClusterRoleBinding belongs to the whole cluster',
      ],
      [
        'a CustomResourceDefinition',
        withMore(object('CustomResourceDefinition')),
        'error CLUSTER_SCOPED CustomResourceDefinition extra',
      ],
      [
        'another Namespace',
        withMore(object('Namespace')),
        'error CLUSTER_SCOPED Namespace extra',
      ],
      [
        'another claim mounted',
        changed(['claimName: dojo-data', 'claimName: ledger-data']),
        `error CLAIM_UNKNOWN ${ledger}: it mounts the claim ledger-data, which the overlay does not render (dojo-data)`,
      ],
      [
        'an emptyDir',
        changed([
          'persistentVolumeClaim: {claimName: dojo-data}',
          'emptyDir: {}',
        ]),
        `warning CLAIM_UNMOUNTED ${claim}: no pod mounts the claim dojo-data`,
      ],
      [
        'a size that is none',
        changed(['storage: 5Gi', 'storage: 5GB']),
        `error CLAIM_SIZE_INVALID ${claim}: the claim dojo-data has the size 5GB, which is none`,
      ],
      [
        'no size',
        changed(['{requests: {storage: 5Gi}}', '{}']),
        `error CLAIM_SIZE_INVALID ${claim}: the claim dojo-data says no size`,
      ],
      [
        'pods that the selector does not find',
        changed([
          'metadata: {labels: {app: ledger}}',
          'metadata: {labels: {app: other}}',
        ]),
        `error SELECTOR_MISMATCH ${ledger}: its selector wants the label app: ledger`,
      ],
      [
        'a long name',
        withMore(object('ConfigMap').replace('extra', long)),
        `error NAME_TOO_LONG ConfigMap ${long}: its name has 64 bytes`,
      ],
      [
        'a long label',
        changed([
          'labels: {app: ledger}}\nspec',
          `labels: {app: ${long}}}\nspec`,
        ]),
        `error LABEL_TOO_LONG ${ledger}: the label app has 64 bytes in its value`,
      ],
      [
        'a long name of a label',
        changed([
          'labels: {app: ledger}}\nspec',
          `labels: {a/${long}: b}}\nspec`,
        ]),
        `error LABEL_TOO_LONG ${ledger}: the label a/${long} has 64 bytes in its name`,
      ],
      [
        'a label that is a number',
        changed(['labels: {app: ledger}}\nspec', 'labels: {app: 1.10}}\nspec']),
        `error LABEL_NOT_TEXT ${ledger}: app is 1.1 without quotes`,
      ],
      [
        'two writers',
        withMore(
          object(
            'CronJob',
            'spec: {jobTemplate: {spec: {template: {spec: {securityContext: {runAsNonRoot: true}, containers: [], volumes: [{name: d, persistentVolumeClaim: {claimName: dojo-data}}]}}}}}',
          ),
        ),
        'warning CLAIM_SHARED CronJob extra: the claim dojo-data is also written by Deployment ledger',
      ],
      [
        'no claim',
        good.slice(0, 1),
        'error CLAIM_MISSING : the overlay renders no PersistentVolumeClaim',
      ],
      [
        'no workload',
        good.slice(1),
        'error WORKLOAD_MISSING : the overlay renders no Deployment and no StatefulSet',
      ],
      ['nothing', [], 'error WORKLOAD_MISSING '],
    ])('finds %s', (_, objects, finding) => {
      expect(said(objects)).toContainEqual(expect.stringContaining(finding));
    });
  });

  describe('when the overlay before is known', () => {
    it.each<[string, readonly KubernetesObject[], string]>([
      [
        'a renamed claim',
        changed(
          ['name: dojo-data,', 'name: dojo-data-2,'],
          ['claimName: dojo-data', 'claimName: dojo-data-2'],
        ),
        `error CLAIM_RENAMED PersistentVolumeClaim dojo-data-2: the claim dojo-data is there no more (now: dojo-data-2)`,
      ],
      [
        'a claim that is gone',
        good.slice(0, 1),
        'error CLAIM_RENAMED : the claim dojo-data is there no more (now: none)',
      ],
      [
        'a claim that is mounted no more',
        changed([
          'persistentVolumeClaim: {claimName: dojo-data}',
          'emptyDir: {}',
        ]),
        `error CLAIM_UNMOUNTED ${claim}: the claim dojo-data was mounted`,
      ],
      [
        'a smaller claim',
        changed(['storage: 5Gi', 'storage: 5000Mi']),
        `error CLAIM_SHRUNK ${claim}: the claim dojo-data has 5Gi and cannot shrink to 5000Mi`,
      ],
      [
        'another class',
        changed(['fast', 'slow']),
        `error CLAIM_CLASS_CHANGED ${claim}: storageClassName of the claim dojo-data cannot change from "fast" to "slow"`,
      ],
      [
        'no class',
        changed(['storageClassName: fast, ', '']),
        `error CLAIM_CLASS_CHANGED ${claim}`,
      ],
      [
        'another volume mode',
        changed([
          'storageClassName: fast',
          'storageClassName: fast, volumeMode: Block',
        ]),
        `error CLAIM_SPEC_CHANGED ${claim}: volumeMode of the claim`,
      ],
      [
        'other access modes',
        changed(['[ReadWriteOnce]', '[ReadWriteMany]']),
        `error CLAIM_MODES_CHANGED ${claim}: the claim dojo-data has the access modes ReadWriteOnce, which cannot become ReadWriteMany`,
      ],
      [
        'another selector',
        changed([
          'matchLabels: {app: ledger}',
          'matchLabels: {app: ledger, team: core}',
        ]),
        `error SELECTOR_CHANGED ${ledger}: its selector cannot change from {"matchLabels":{"app":"ledger"}} to {"matchLabels":{"app":"ledger","team":"core"}}`,
      ],
    ])('finds %s', (_, objects, finding) => {
      expect(said(objects, { ...dev, before: good })).toContainEqual(
        expect.stringContaining(finding),
      );
      expect(said(objects)).not.toContainEqual(
        expect.stringContaining(finding),
      );
    });

    it.each<[string, readonly KubernetesObject[]]>([
      [
        'the same size in other words',
        changed(['storage: 5Gi', 'storage: 5120Mi']),
      ],
      ['a larger claim', changed(['storage: 5Gi', 'storage: 8Gi'])],
      [
        'a label on the pods',
        changed([
          'metadata: {labels: {app: ledger}}',
          'metadata: {labels: {app: ledger, team: core}}',
        ]),
      ],
    ])('lets %s pass', (_, objects) => {
      expect(said(objects, { ...dev, before: good })).toEqual([]);
    });

    it('finds changed templates of a StatefulSet, whose labels a kustomization may reach', () => {
      const before = statefulSet('{metadata: {name: disk}}');
      const after = statefulSet('{metadata: {name: disk, labels: {v: a}}}');
      expect(said(before, { ...dev, before })).toEqual([]);
      expect(said(after, { ...dev, before })).toEqual([
        'error STATEFULSET_CHANGED StatefulSet cache: spec.volumeClaimTemplates of a StatefulSet cannot change',
      ]);
    });

    it('lets a class be named, or left out, where what lives is compared too', () => {
      const classless = changed(['storageClassName: fast, ', '']);
      const both = [
        [classless, good],
        [good, classless],
      ];
      for (const [before, after] of both) {
        const context = { ...dev, before };
        expect(said(after, { ...context, livesTold: true })).toEqual([]);
        expect(said(after, context)).toEqual([
          expect.stringContaining('CLAIM_CLASS_CHANGED'),
        ]);
      }
      const slow = changed(['fast', 'slow']);
      expect(said(slow, { ...dev, before: good, livesTold: true })).toEqual([
        expect.stringContaining('CLAIM_CLASS_CHANGED'),
      ]);
    });

    it('takes no class for the one that a living claim got', () => {
      const [deployment, living, service] = good;
      const before = [
        deployment,
        { ...living, metadata: { ...living.metadata, uid: 'u' } },
        service,
      ];
      const after = changed(['storageClassName: fast, ', '']);
      expect(said(after, { ...dev, before })).toEqual([]);
    });
  });

  it('wants digests of production alone', () => {
    expect(said(good, { ...dev, isProduction: true })).toEqual([
      `error IMAGE_WITHOUT_DIGEST ${ledger}: the image ghcr.io/acme/wait:1.0.0 of container wait has no digest, and this is production`,
    ]);
  });

  it('lets the namespace of the environment be among the objects', () => {
    expect(
      said(withMore(object('Namespace').replace('extra', 'ledger-dev'))),
    ).toEqual([]);
  });

  it('lets a reader of the claim have replicas', () => {
    const objects = changed(
      ['replicas: 1', 'replicas: 3'],
      ['{claimName: dojo-data}', '{claimName: dojo-data, readOnly: true}'],
      ['strategy: {type: Recreate}', 'strategy: {}'],
    );
    expect(said(objects)).toEqual([]);
  });

  it('only warns of what a base alone may lack', () => {
    expect(
      said(
        good.slice(0, 1).map(one => ({ ...one, metadata: { name: 'ledger' } })),
        {},
      ),
    ).toEqual([
      'warning CLAIM_MISSING : the overlay renders no PersistentVolumeClaim, so its data would have no place',
      `warning CLAIM_UNKNOWN ${ledger}: it mounts the claim dojo-data, which the overlay does not render (none)`,
    ]);
  });

  it('survives manifests of any shape', () => {
    const odd = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a', labels: 7 as never },
      spec: {
        replicas: {},
        template: { spec: { volumes: 'x', containers: [null, { image: 3 }] } },
        selector: [],
      },
    };
    expect(() =>
      lintObjects(
        { objects: [odd, { ...odd, spec: null }] },
        { ...dev, before: [odd, ...good], isProduction: true },
      ),
    ).not.toThrow();
  });
});
