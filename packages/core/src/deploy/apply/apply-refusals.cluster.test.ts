import { isDojoError } from 'backstage-plugin-dojo-common';
import { ApplyWorld, writesOf } from '../__testUtils__/apply-world';
import { image } from '../__testUtils__/deploy-world';
import { withCluster } from '../__testUtils__/with-cluster';

jest.setTimeout(120_000);

/** The Deployment of the world, as another manager may have it. */
const deployment = (fields: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ledger}
spec:
  selector: {matchLabels: {app: ledger}}
  template:
    metadata: {labels: {app: ledger}}
    spec:
      containers: [{name: ledger, image: ${image}, ${fields}}]
`;

describe('deploy in mode apply, where the cluster refuses', () => {
  const here = withCluster();

  /** What a run ends with, which wrote nothing. */
  const refusal = async (
    world: ApplyWorld,
    request: Parameters<ApplyWorld['apply']>[0] = {},
  ) => {
    const { pushes } = world.infra;
    let caught: unknown;
    const calls = await world.calls(async () => {
      try {
        await world.apply(request);
      } catch (error) {
        caught = error;
      }
    });
    expect(writesOf(calls)).toEqual([]);
    expect(world.infra.pushes).toBe(pushes);
    if (!isDojoError(caught)) throw caught ?? new Error('it did not fail');
    return caught;
  };

  it('names field, manager and both values of a conflict, and takes over when told to', async () => {
    const world = await here.world();
    await world.apply();
    await world.applied(
      deployment('env: [{name: VERSION, value: hot}]'),
      'hotfix',
    );
    const error = await refusal(world, { version: 'v2.0.0' });
    expect(error).toMatchObject({ code: 'APPLY_CONFLICT', kind: 'conflict' });
    expect(error.message).toContain(
      '.spec.template.spec.containers[name="ledger"].env[name="VERSION"].value belongs to "hotfix": it is hot, the overlay wants v2.0.0',
    );
    expect(error.hint).toContain('--conflicts takeover');

    const taken = await world.apply({
      version: 'v2.0.0',
      conflicts: 'takeover',
    });
    expect(taken.outcome).toBe('deployed');
    expect(taken.plan.shows.warnings.join()).toContain(
      'takes over from "hotfix"',
    );
    const [container] = (await world.deployment()).spec.template.spec
      .containers;
    expect(container.env[0].value).toBe('v2.0.0');
  });

  it('sees that somebody stopped it, and starts it when told to', async () => {
    const world = await here.world();
    await world.apply();
    await world.request(
      'PATCH',
      'apps/v1/deployments',
      'ledger/scale?fieldManager=kubectl',
      { spec: { replicas: 0 } },
      'application/merge-patch+json',
    );
    expect(await refusal(world)).toMatchObject({
      code: 'APPLY_STOPPED',
      kind: 'conflict',
    });
    await world.apply({ conflicts: 'takeover' });
    expect((await world.deployment()).spec.replicas).toBe(1);
  });

  it('takes over what client-side apply left, and shows before what goes', async () => {
    const world = await here.world();
    const body = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'ledger' },
      spec: {
        replicas: 1,
        strategy: { type: 'Recreate' },
        selector: { matchLabels: { app: 'ledger' } },
        template: {
          metadata: { labels: { app: 'ledger' } },
          spec: {
            securityContext: { runAsNonRoot: true },
            containers: [
              {
                name: 'ledger',
                image,
                env: [
                  { name: 'VERSION', value: 'old' },
                  { name: 'LEGACY', value: '1' },
                ],
              },
            ],
          },
        },
      },
    };
    await world.request(
      'POST',
      'apps/v1/deployments',
      '?fieldManager=kubectl-client-side-apply',
      {
        ...body,
        metadata: {
          ...body.metadata,
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration':
              JSON.stringify(body),
          },
        },
      },
    );
    const { plan } = await world.apply({}, { dryRun: true });
    const diff = plan.shows.objects.find(
      ({ object }) => object.kind === 'Deployment',
    );
    const gone = diff?.fields.filter(({ after }) => after === undefined);
    expect(gone?.map(({ path }) => path)).toEqual([
      '.metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]',
      '.spec.template.spec.containers[name="ledger"].env[name="LEGACY"].value',
    ]);
    expect(plan.shows.effects.map(({ text }) => text)).toContain(
      'Take over the fields of Deployment ledger from kubectl-client-side-apply; no value changes by it',
    );
    expect((await world.apply()).outcome).toBe('deployed');
    const { spec, metadata } = await world.deployment();
    expect(JSON.stringify(spec)).not.toContain('LEGACY');
    expect(
      metadata.managedFields
        .filter(one => !one.subresource)
        .map(one => `${one.manager} ${one.operation}`)
        .filter(one => !one.startsWith('kube-controller')),
    ).toEqual(['dojo-portal Apply']);
    expect(writesOf(await world.calls(() => world.apply()))).toEqual([]);
  });

  it('tells both selectors, and does not offer to make it anew', async () => {
    const world = await here.world();
    await world.applied(
      deployment('env: []')
        .replace('{app: ledger}}\n', '{app: ledger, team: core}}\n')
        .replace('labels: {app: ledger}', 'labels: {app: ledger, team: core}'),
      'kubectl',
    );
    const error = await refusal(world);
    expect(error).toMatchObject({ kind: 'refused' });
    expect(error.message).toContain('"team":"core"');
    expect(error.message).toContain('{"matchLabels":{"app":"ledger"}}');
    expect(error.hint).toMatch(/new name/);
    expect(error.hint).not.toMatch(/recreate|--force/);
  });

  it.each([
    ['CLAIM_SHRUNK', 'storage: 1Gi'],
    ['CLAIM_CLASS_CHANGED', 'Name: slow'],
    ['CLAIM_MODES_CHANGED', 'ReadWriteMany'],
  ])('finds %s by the lint, against what lives', async (code, to) => {
    const world = await here.world();
    await world.applied(
      `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: dojo-data}
spec: {accessModes: [ReadWriteOnce], storageClassName: fast, resources: {requests: {storage: 5Gi}}}
`,
      'kubectl',
    );
    const wanted = `storage: ${to.startsWith('storage') ? '1Gi' : '5Gi'}`;
    await expect(
      world.apply({
        storage: {
          size: wanted.slice(9),
          class: to.includes('slow') ? 'slow' : 'fast',
          ...(to === 'ReadWriteMany' && { accessModes: ['ReadWriteMany'] }),
        },
      }),
    ).rejects.toMatchObject({
      code: 'DEPLOY_LINT_REFUSED',
      hint: expect.stringContaining(code),
    });
    expect(world.infra.pushes).toBe(0);
  });

  it('names the field of a typo', async () => {
    const world = await here.world();
    await world.apply();
    world.add(
      'extra.yaml',
      'apiVersion: v1\nkind: Service\nmetadata: {name: extra}\nspec: {portz: 1}\n',
    );
    expect(await refusal(world)).toMatchObject({
      code: 'APPLY_SCHEMA_INVALID',
      message: expect.stringContaining('.spec.portz'),
    });
  });

  it('tells all that is wrong at once', async () => {
    const world = await here.world();
    await world.apply();
    world.add(
      'extra.yaml',
      'apiVersion: v1\nkind: Service\nmetadata: {name: one}\nspec: {portz: 1}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: two}\nspec: {ports: [{port: 99999}]}\n',
    );
    const { message } = await refusal(world);
    expect(message).toContain('Service one');
    expect(message).toContain('Service two is not valid: spec.ports[0].port');
  });

  it('says how to make a namespace that is not there', async () => {
    const world = here.lostWorld();
    expect(await refusal(world)).toMatchObject({
      code: 'APPLY_NAMESPACE_MISSING',
      hint: expect.stringContaining(
        `kubectl create namespace ${world.namespace}`,
      ),
    });
  });

  it('does not change what goes with its namespace', async () => {
    const world = await here.world();
    await world.apply();
    await world.request(
      'PATCH',
      'services',
      'ledger',
      { metadata: { finalizers: ['example.test/held'] } },
      'application/merge-patch+json',
    );
    await here.cluster.request(
      'DELETE',
      `/api/v1/namespaces/${world.namespace}`,
    );
    expect(await refusal(world, { version: 'v2.0.0' })).toMatchObject({
      code: 'APPLY_NAMESPACE_TERMINATING',
      kind: 'refused',
    });
    await world.request(
      'PATCH',
      'services',
      'ledger',
      { metadata: { finalizers: null } },
      'application/merge-patch+json',
    );
  });

  it('names the webhook that does not answer', async () => {
    await here.cluster.apply(`apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: gone}
webhooks:
- name: services.gone.example.test
  admissionReviewVersions: [v1]
  sideEffects: None
  failurePolicy: Fail
  timeoutSeconds: 2
  clientConfig: {url: 'https://127.0.0.1:1/validate'}
  rules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [services]}]
  namespaceSelector: {matchLabels: {webhook: gone}}
`);
    expect(
      await until(async () => refusal(await here.world({ webhook: 'gone' }))),
    ).toMatchObject({
      code: 'APPLY_WEBHOOK_FAILED',
      kind: 'unavailable',
      message: expect.stringContaining('services.gone.example.test'),
    });
  });

  it('gives the sentence of a policy', async () => {
    await here.cluster.apply(`apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: hosts}
spec:
  failurePolicy: Fail
  matchConstraints: {resourceRules: [{apiGroups: [networking.k8s.io], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [ingresses]}]}
  validations: [{expression: "!object.spec.rules.exists(r, r.host == 'taken.example.test')", message: 'host "taken.example.test" is already defined in ingress billing/web'}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: hosts}
spec: {policyName: hosts, validationActions: [Deny]}
`);
    expect(
      await until(async () =>
        refusal(await here.world(), { host: 'taken.example.test' }),
      ),
    ).toMatchObject({
      code: 'APPLY_ADMISSION_DENIED',
      kind: 'refused',
      message:
        'Ingress ledger is denied by the policy hosts: host "taken.example.test" is already defined in ingress billing/web',
    });
  });

  it('names verb, resource and the Role that is missing', async () => {
    const world = await here.world();
    await here.cluster.apply(
      `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer}
rules:
- {apiGroups: ['', apps], resources: [services, configmaps, persistentvolumeclaims, deployments, replicasets, pods, events], verbs: [get, list, watch, create, patch]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: deployer}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: deployer}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: dev}]
`,
      { namespace: world.namespace },
    );
    world.kubeconfig = await here.cluster.kubeconfigFor({ name: 'dev' });
    await until(async () =>
      expect(
        await refusal(world, { host: 'ledger.example.test' }),
      ).toMatchObject({
        code: 'APPLY_FORBIDDEN',
        kind: 'denied',
        message: `user dev may not list and patch ingresses.networking.k8s.io in namespace ${world.namespace}`,
        hint: "A Role of the namespace needs the rule {apiGroups: ['networking.k8s.io'], resources: [ingresses], verbs: [get, list, watch, create, patch]}, and a RoleBinding to them.",
      }),
    );
    expect((await world.apply()).outcome).toBe('deployed');
  });

  /**
   * A rule holds a moment after it was applied, and of what is there already the cluster is not asked again: where a run
   * may bring it there, each is in another namespace.
   */
  async function until<T>(run: () => Promise<T>): Promise<T> {
    const end = Date.now() + 90_000;
    for (;;) {
      try {
        return await run();
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  }
});
