import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { containersOf, only, rulesOf } from './__testUtils__/manifest-parts';
import type { Workload } from './__testUtils__/manifest-parts';
import {
  deployFolder,
  renderKustomization,
} from './__testUtils__/render-kustomization';
import type { Manifest } from './__testUtils__/render-kustomization';

const overlays = ['production', 'try'] as const;
const portal = { 'app.kubernetes.io/name': 'dojo-portal' };

/** Names that a configuration takes from the environment: `${NAME}`, and not `${NAME:-default}`. */
function namesIn(file: string): string[] {
  const text = readFileSync(join(deployFolder, '..', file), 'utf8');
  return [...text.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name]) => name);
}

describe.each(overlays)('deploy/portal/overlays/%s', overlay => {
  const objects = renderKustomization(`portal/overlays/${overlay}`);
  const deployment = only<Workload>(objects, 'Deployment');
  const [container] = containersOf(deployment);

  it('runs two, one of them through every rollout and every drain', () => {
    expect(deployment.spec).toMatchObject({
      replicas: 2,
      strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    });
    expect(only(objects, 'PodDisruptionBudget').spec).toMatchObject({
      minAvailable: 1,
      selector: { matchLabels: deployment.spec.template.metadata.labels },
    });
    expect(deployment.spec.template.spec).toMatchObject({
      topologySpreadConstraints: [
        {
          topologyKey: 'kubernetes.io/hostname',
          labelSelector: { matchLabels: portal },
        },
      ],
    });
  });

  it('asks Backstage itself whether it is alive and ready', () => {
    expect(container).toMatchObject({
      startupProbe: { httpGet: { path: '/.backstage/health/v1/readiness' } },
      readinessProbe: { httpGet: { path: '/.backstage/health/v1/readiness' } },
      livenessProbe: { httpGet: { path: '/.backstage/health/v1/liveness' } },
      ports: [{ name: 'http', containerPort: 7007 }],
    });
  });

  it('gives the configuration each name that it takes from the environment', () => {
    const settings = only(
      objects,
      'ConfigMap',
      container.envFrom![0].configMapRef!.name,
    ).data as Record<string, string>;
    const given = [
      ...container.env!.map(({ name }) => name),
      ...Object.keys(settings),
    ];
    const wanted = namesIn('app-config.production.yaml');
    expect(wanted).toContain('POSTGRES_PASSWORD');
    expect(given).toEqual(expect.arrayContaining(wanted));
    expect(container).toMatchObject({
      args: expect.arrayContaining([
        'app-config.yaml',
        'app-config.production.yaml',
      ]),
    });
  });

  it('takes where PostgreSQL is, and its password, from a Secret that no file here holds', () => {
    const names = container
      .env!.filter(({ valueFrom }) => valueFrom !== undefined)
      .map(({ name, valueFrom }) => [name, valueFrom]);
    expect(names).toEqual(
      ['host', 'port', 'user', 'password'].map(key => [
        `POSTGRES_${key.toUpperCase()}`,
        { secretKeyRef: { name: 'dojo-portal-postgres', key } },
      ]),
    );
    expect(objects.map(({ kind }) => kind)).not.toContain('Secret');
  });

  it('reaches names, PostgreSQL, https and the API server, and nothing else', () => {
    const { policyTypes, podSelector, egress } = only(
      objects,
      'NetworkPolicy',
      'dojo-portal',
    ).spec as {
      policyTypes: string[];
      podSelector: object;
      egress: { ports: { port: number }[] }[];
    };
    expect(policyTypes).toEqual(['Ingress', 'Egress']);
    expect(podSelector).toEqual({ matchLabels: portal });
    expect(egress.map(({ ports }) => ports.map(({ port }) => port))).toEqual([
      [53, 53],
      [5432],
      [443, 6443],
    ]);
  });

  it('has a configuration file where its arguments say', () => {
    const { args } = container as unknown as { args: string[] };
    const mounted = container.volumeMounts.find(
      ({ mountPath }) => mountPath === '/etc/dojo-portal',
    )!;
    const volume = deployment.spec.template.spec.volumes.find(
      ({ name }) => name === mounted.name,
    )!;
    const { name } = volume.configMap as { name: string };
    expect(
      Object.keys(only(objects, 'ConfigMap', name).data as object),
    ).toEqual(
      args
        .filter(each => each.startsWith('/etc/dojo-portal/'))
        .map(each => each.slice('/etc/dojo-portal/'.length)),
    );
  });
});

describe('the portal in production', () => {
  const objects = renderKustomization('portal/overlays/production');

  it('is reached from the ingress controller alone', () => {
    expect(only(objects, 'NetworkPolicy').spec).toMatchObject({
      ingress: [
        {
          from: [
            {
              namespaceSelector: {
                matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' },
              },
            },
          ],
        },
      ],
    });
  });

  it('has no guest', () => {
    const configs = objects.filter(({ kind }) => kind === 'ConfigMap');
    expect(JSON.stringify(configs)).not.toContain('guest');
    expect(
      containersOf(only<Workload>(objects, 'Deployment'))[0].env,
    ).toContainEqual({ name: 'NODE_ENV', value: 'production' });
  });
});

describe('the portal for trying', () => {
  const objects = renderKustomization('portal/overlays/try');

  it('has a PostgreSQL that the portal alone reaches', () => {
    const postgres = { 'app.kubernetes.io/name': 'dojo-portal-postgres' };
    const set = only<Workload>(objects, 'StatefulSet');
    expect(set.spec).toMatchObject({ replicas: 1 });
    expect(only(objects, 'Service', 'dojo-portal-postgres').spec).toMatchObject(
      {
        ports: [{ port: 5432 }],
      },
    );
    expect(
      only(objects, 'NetworkPolicy', 'dojo-portal-postgres').spec,
    ).toMatchObject({
      podSelector: { matchLabels: postgres },
      ingress: [{ from: [{ podSelector: { matchLabels: portal } }] }],
    });
    expect(only(objects, 'NetworkPolicy', 'dojo-portal').spec).toMatchObject({
      egress: [{}, { to: [{ podSelector: { matchLabels: postgres } }] }, {}],
    });
  });

  it('lets the guest in, whom nobody in the cluster can be', () => {
    expect(JSON.stringify(objects)).toContain(
      'dangerouslyAllowOutsideDevelopment: true',
    );
    expect(only(objects, 'NetworkPolicy', 'dojo-portal').spec).toMatchObject({
      ingress: [],
    });
  });
});

describe('deploy/portal/grants', () => {
  const cluster = renderKustomization('portal/grants/cluster');
  const grants = ['dev', 'staging', 'production'].map(environment =>
    renderKustomization(`portal/grants/ledger-${environment}`),
  );
  const verbsOf = (objects: readonly Manifest[], resource: string) =>
    rulesOf(objects)
      .filter(({ resources }) => resources.includes(resource))
      .flatMap(({ verbs }) => verbs);

  it('changes nothing of the cluster itself', () => {
    const changing = rulesOf(cluster).filter(({ verbs }) =>
      verbs.some(verb => !['get', 'list', 'watch'].includes(verb)),
    );
    expect(changing.map(({ resources }) => resources)).toEqual([
      ['selfsubjectaccessreviews'],
    ]);
  });

  it('reads what runs in all namespaces, why it fails, and no more', () => {
    const watching = rulesOf(cluster).filter(
      ({ role }) => role === 'ClusterRole dojo-portal-watch',
    );
    expect(
      watching.map(({ resources, verbs }) => [...resources, ...verbs]),
    ).toEqual([
      ['deployments', 'get', 'list', 'watch'],
      ['pods', 'get', 'list', 'watch'],
      ['events', 'list'],
      ['pods/log', 'get'],
    ]);
  });

  it.each([
    ['deployments', 'get list watch create patch delete'],
    ['services', 'get list watch create patch delete'],
    ['configmaps', 'get list watch create patch delete'],
    ['secrets', 'get list watch create patch delete'],
    ['ingresses', 'get list watch create patch delete'],
    ['jobs', 'get list watch create patch delete'],
    ['persistentvolumeclaims', 'get list watch create patch'],
    ['deployments/scale', 'get patch'],
    ['pods', 'get list watch'],
    ['pods/log', 'get'],
    ['events', 'list watch'],
    ['leases', 'get create update delete'],
    ['namespaces', 'get'],
  ])('may with %s: %s', (resource, verbs) => {
    for (const objects of grants) {
      expect(verbsOf(objects, resource)).toEqual(verbs.split(' '));
    }
  });

  it('grants each kind that the ledger is made of', () => {
    const ledger = renderKustomization('k8s/overlays/production');
    for (const { kind } of ledger) {
      const resource = `${kind.toLowerCase()}${
        kind.endsWith('s') ? 'es' : 's'
      }`;
      expect([resource, verbsOf(grants[2], resource)]).toEqual([
        resource,
        expect.arrayContaining(['get', 'list', 'create', 'patch']),
      ]);
    }
  });

  it.each([
    ['argo', 'argocd', 'argoproj.io', 'applications'],
    ['flux', 'flux-system', 'kustomize.toolkit.fluxcd.io', 'kustomizations'],
  ])(
    'looks at what %s brings up in %s, and changes nothing there',
    (kind, namespace, apiGroup, resource) => {
      const objects = renderKustomization(`portal/grants/sync-${kind}`);
      expect(rulesOf(objects)).toEqual([
        {
          apiGroups: [apiGroup],
          resources: [resource],
          role: 'Role dojo-portal-sync',
          verbs: ['get', 'list', 'watch'],
        },
      ]);
      expect(objects.map(({ metadata }) => metadata.namespace)).toEqual([
        namespace,
        namespace,
      ]);
      expect(only(objects, 'RoleBinding').subjects).toEqual(
        only(grants[0], 'RoleBinding').subjects,
      );
    },
  );

  it('is for the portal of production, in the namespaces of the ledger’s overlays', () => {
    const account = only(
      renderKustomization('portal/overlays/production'),
      'ServiceAccount',
    ).metadata;
    const bindings = [cluster, ...grants]
      .flat()
      .filter(({ kind }) => kind.endsWith('Binding'));
    expect(bindings).toHaveLength(2 + grants.length);
    for (const { subjects } of bindings) {
      expect(subjects).toEqual([
        {
          kind: 'ServiceAccount',
          name: account.name,
          namespace: account.namespace,
        },
      ]);
    }
    expect(
      grants.map(objects => only(objects, 'Role').metadata.namespace),
    ).toEqual(['ledger-dev', 'ledger-staging', 'ledger-production']);
  });
});
