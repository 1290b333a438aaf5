import {
  containersOf,
  rulesOf,
  workloadsOf,
} from './__testUtils__/manifest-parts';
import {
  applicableFolders,
  renderKustomization,
} from './__testUtils__/render-kustomization';
import type { Manifest } from './__testUtils__/render-kustomization';
import { schemaProblems } from './__testUtils__/schema-problems';

/** RFC 1123 label: what names, label values and namespaces have in common. */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const clusterScoped = ['Namespace', 'ClusterRole', 'ClusterRoleBinding'];

/** What holds data of somebody, or other objects: nothing of ours may delete it. */
const undeletable = [
  'persistentvolumeclaims',
  'persistentvolumes',
  'namespaces',
  'customresourcedefinitions',
  'storageclasses',
];

describe('deploy/', () => {
  it('has the folders that somebody may apply', () => {
    expect(applicableFolders()).toEqual([
      'k8s/overlays/dev',
      'k8s/overlays/production',
      'k8s/overlays/staging',
      'portal/grants/cluster',
      'portal/grants/ledger-dev',
      'portal/grants/ledger-production',
      'portal/grants/ledger-staging',
      'portal/grants/sync-argo',
      'portal/grants/sync-flux',
      'portal/overlays/production',
      'portal/overlays/try',
    ]);
  });

  describe.each(applicableFolders())('%s', folder => {
    let objects: Manifest[];
    beforeAll(() => {
      objects = renderKustomization(folder);
    });

    it('is what the API server takes, and has no field that it does not know', () => {
      expect(objects.flatMap(schemaProblems)).toEqual([]);
    });

    it('has names that fit everywhere, each once, and one namespace', () => {
      const names = objects.map(
        ({ kind, metadata }) => `${kind}/${metadata.name}`,
      );
      expect(new Set(names).size).toBe(names.length);
      for (const { metadata } of objects) expect(metadata.name).toMatch(label);
      const namespaces = objects
        .filter(({ kind }) => !clusterScoped.includes(kind))
        .map(({ metadata }) => metadata.namespace);
      expect(new Set(namespaces).size).toBeLessThanOrEqual(1);
      expect(namespaces).not.toContain(undefined);
      const own = objects.filter(({ kind }) => kind === 'Namespace');
      expect(own.map(({ metadata }) => metadata.name)).toEqual(
        own.map(() => namespaces[0]),
      );
    });

    it('leaves no placeholder of a base', () => {
      expect(JSON.stringify(objects)).not.toMatch(/\.invalid\b/);
    });

    it('keeps whose it is out of selectors, which cannot be changed later', () => {
      const selectors = JSON.stringify(objects, (key, value) =>
        key === 'labels' && typeof value === 'object' ? undefined : value,
      );
      expect(selectors).not.toMatch(/part-of|version|managed-by/);
      for (const { spec } of workloadsOf(objects)) {
        expect(Object.keys(spec.selector.matchLabels)).toEqual([
          'app.kubernetes.io/name',
        ]);
        expect(spec.template.metadata.labels).toEqual(
          spec.selector.matchLabels,
        );
      }
    });

    it('runs nothing as root, writes no root, gains no privilege', () => {
      for (const workload of workloadsOf(objects)) {
        expect(workload.spec.template.spec).toMatchObject({
          securityContext: {
            runAsNonRoot: true,
            runAsUser: expect.any(Number),
            seccompProfile: { type: 'RuntimeDefault' },
          },
        });
        expect(JSON.stringify(workload)).not.toMatch(
          /"(?:runAsUser|runAsGroup|fsGroup)":0\b|"privileged":true|hostPath|"host(?:PID|IPC|Network)"/,
        );
        for (const container of containersOf(workload)) {
          expect(container.securityContext).toEqual({
            runAsNonRoot: true,
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          });
        }
      }
    });

    it('gives every container limits and a /tmp, and pins its image', () => {
      for (const workload of workloadsOf(objects)) {
        for (const { image, resources, volumeMounts } of containersOf(
          workload,
        )) {
          expect(image).toMatch(
            /^[a-z0-9.]+\/[a-z0-9./-]+(?::(?!latest$)[\w.-]+|@sha256:[0-9a-f]{64})$/,
          );
          expect(resources).toMatchObject({
            requests: { cpu: expect.anything(), memory: expect.anything() },
            limits: { cpu: expect.anything(), memory: expect.anything() },
          });
          const { name } = volumeMounts.find(
            each => each.mountPath === '/tmp',
          )!;
          expect(
            workload.spec.template.spec.volumes.find(
              each => each.name === name,
            ),
          ).toHaveProperty('emptyDir.sizeLimit');
        }
      }
    });

    it('mounts volumes and reads settings that are there', () => {
      for (const workload of workloadsOf(objects)) {
        const { volumes } = workload.spec.template.spec;
        const known = [
          ...volumes.map(({ name }) => name),
          ...(
            (workload.spec as { volumeClaimTemplates?: Manifest[] })
              .volumeClaimTemplates ?? []
          ).map(({ metadata }) => metadata.name),
        ];
        for (const { envFrom = [], volumeMounts } of containersOf(workload)) {
          for (const { name } of volumeMounts) expect(known).toContain(name);
          for (const { configMapRef } of envFrom) {
            expect(objects).toContainEqual(
              expect.objectContaining({
                kind: 'ConfigMap',
                metadata: expect.objectContaining({ name: configMapRef!.name }),
              }),
            );
          }
        }
      }
    });

    it('leads each Service to a port of the pods that it selects', () => {
      for (const service of objects.filter(({ kind }) => kind === 'Service')) {
        const { selector, ports } = service.spec as {
          selector: Record<string, string>;
          ports: readonly { targetPort: string }[];
        };
        const [workload, ...others] = workloadsOf(objects).filter(
          ({ spec }) =>
            JSON.stringify(spec.template.metadata.labels) ===
            JSON.stringify(selector),
        );
        expect(others).toEqual([]);
        const names = containersOf(workload).flatMap(each =>
          each.ports.map(({ name }) => name),
        );
        for (const { targetPort } of ports) expect(names).toContain(targetPort);
      }
    });

    it('grants named verbs on named kinds, and no way to more', () => {
      for (const { apiGroups, resources, verbs } of rulesOf(objects)) {
        expect(JSON.stringify([apiGroups, resources, verbs])).not.toContain(
          '*',
        );
        expect(apiGroups).not.toContain('rbac.authorization.k8s.io');
        expect(
          verbs.filter(verb =>
            /^(?:escalate|bind|impersonate|deletecollection)$/.test(verb),
          ),
        ).toEqual([]);
        expect(
          resources.filter(name =>
            /^pods\/(?!log$)|serviceaccounts\/token/.test(name),
          ),
        ).toEqual([]);
        const deleted = verbs.includes('delete') ? resources : [];
        expect(deleted.filter(name => undeletable.includes(name))).toEqual([]);
      }
    });
  });
});
