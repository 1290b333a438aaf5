import { containersOf, only } from './__testUtils__/manifest-parts';
import type { Workload } from './__testUtils__/manifest-parts';
import { renderKustomization } from './__testUtils__/render-kustomization';

const environments = ['dev', 'staging', 'production'] as const;

describe('deploy/k8s/base', () => {
  const objects = renderKustomization('k8s/base');
  const deployment = only<Workload>(objects, 'Deployment');
  const pod = deployment.spec.template.spec;

  it('is a Deployment, a Service and a ConfigMap: claim, namespace and image are its consumer’s', () => {
    expect(objects.map(({ kind }) => kind).sort()).toEqual([
      'ConfigMap',
      'Deployment',
      'Service',
    ]);
    expect(objects.map(({ metadata }) => metadata.namespace)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(containersOf(deployment).map(({ image }) => image)).toEqual([
      'ghcr.io/acme/ledger',
    ]);
  });

  it('runs one writer, and ends it before the next begins', () => {
    expect(deployment.spec).toMatchObject({
      replicas: 1,
      strategy: { type: 'Recreate' },
    });
    expect(deployment.spec).not.toHaveProperty('strategy.rollingUpdate');
  });

  it('runs as 1000 without a token of the cluster, with the claim at /data', () => {
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 },
    });
    const [{ volumeMounts }] = pod.containers;
    const { name } = volumeMounts.find(each => each.mountPath === '/data')!;
    expect(pod.volumes.find(each => each.name === name)).toEqual({
      name,
      persistentVolumeClaim: { claimName: 'dojo-data' },
    });
  });

  it('is ready and alive where the service answers so', () => {
    expect(pod.containers[0]).toMatchObject({
      readinessProbe: { httpGet: { path: '/readyz', port: 'http' } },
      livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
    });
  });

  it('maps port 80 to 8000', () => {
    expect(only(objects, 'Service').spec).toMatchObject({
      ports: [{ port: 80, targetPort: 'http' }],
    });
    expect(pod.containers[0].ports).toEqual([
      { name: 'http', containerPort: 8000 },
    ]);
  });

  it('keeps the database on the volume', () => {
    expect(only(objects, 'ConfigMap').data).toEqual({
      LEDGER_DB_PATH: '/data/ledger.duckdb',
      LEDGER_ENV: 'production',
    });
  });
});

describe.each(environments)('deploy/k8s/overlays/%s', environment => {
  const objects = renderKustomization(`k8s/overlays/${environment}`);

  it('brings namespace, claim, host and the environment’s name', () => {
    expect(objects.map(({ kind }) => kind).sort()).toEqual([
      'ConfigMap',
      'Deployment',
      'Ingress',
      'PersistentVolumeClaim',
      'Service',
    ]);
    for (const { metadata } of objects) {
      expect(metadata).toMatchObject({
        namespace: `ledger-${environment}`,
        labels: { 'app.kubernetes.io/part-of': 'ledger' },
      });
    }
    expect(only(objects, 'PersistentVolumeClaim')).toMatchObject({
      metadata: { name: 'dojo-data' },
      spec: {
        accessModes: [expect.stringMatching(/^ReadWriteOnce/)],
        resources: {
          requests: { storage: expect.stringMatching(/^[1-9]\d*Gi$/) },
        },
      },
    });
    expect(only(objects, 'Ingress').spec).toMatchObject({
      rules: [
        { host: expect.stringMatching(/^ledger\.[a-z.]*example\.test$/) },
      ],
    });
    expect(only(objects, 'ConfigMap').data).toMatchObject({
      LEDGER_ENV: environment,
    });
  });

  it('changes nothing of the base but the image', () => {
    const base = only<Workload>(renderKustomization('k8s/base'), 'Deployment');
    const [{ image }] = containersOf(only<Workload>(objects, 'Deployment'));
    expect(JSON.stringify(only(objects, 'Deployment').spec)).toBe(
      JSON.stringify(base.spec).replace('ghcr.io/acme/ledger', image),
    );
  });
});

describe('the ledger in production', () => {
  const [{ image }] = containersOf(
    only<Workload>(
      renderKustomization('k8s/overlays/production'),
      'Deployment',
    ),
  );

  it('is the very image that staging runs, by digest', () => {
    const [staging] = containersOf(
      only<Workload>(renderKustomization('k8s/overlays/staging'), 'Deployment'),
    );
    expect(image).toMatch(/@sha256:[0-9a-f]{64}$/);
    expect(image).toBe(staging.image);
  });

  it('is reached by https, and a second pod cannot mount its volume', () => {
    const objects = renderKustomization('k8s/overlays/production');
    expect(only(objects, 'Ingress').spec).toMatchObject({
      tls: [{ hosts: ['ledger.example.test'] }],
    });
    expect(only(objects, 'PersistentVolumeClaim').spec).toMatchObject({
      accessModes: ['ReadWriteOncePod'],
    });
  });
});
