import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { explainRefusal } from './explain-refusal';
import { toError } from './refused-writes';

type Refused = ConstructorParameters<typeof ClusterRefusal>[0];

const wanted = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'ledger', namespace: 'ledger-dev' },
  spec: {
    selector: { matchLabels: { app: 'ledger' } },
    template: {
      spec: {
        containers: [
          { name: 'ledger', env: [{ name: 'DB_PASSWORD', value: 'ours' }] },
        ],
      },
    },
  },
} satisfies KubernetesObject;

/** A refusal as kube-apiserver 1.36 words it. */
const refusal = (
  status: number,
  message: string,
  more: Partial<Refused> = {},
) =>
  new ClusterRefusal({
    status,
    reason: '',
    message,
    causes: [],
    verb: 'patch',
    resource: 'deployments',
    group: 'apps',
    object: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'ledger-dev',
      name: 'ledger',
    },
    dryRun: true,
    ...more,
  });

describe('explainRefusal', () => {
  it.each<[string, string, string, number, string, Partial<Refused>?]>([
    [
      'APPLY_WEBHOOK_FAILED',
      'unavailable',
      'Deployment ledger: the admission webhook a.example.test did not answer: failed to call webhook: connection refused',
      500,
      'Internal error occurred: failed calling webhook "a.example.test": failed to call webhook: connection refused',
    ],
    [
      'APPLY_WEBHOOK_FAILED',
      'unavailable',
      'a.example.test did not answer: does not support dry run',
      400,
      'admission webhook "a.example.test" does not support dry run',
    ],
    [
      'APPLY_ADMISSION_DENIED',
      'refused',
      'denied by the webhook a.example.test: no such team',
      403,
      'admission webhook "a.example.test" denied the request: no such team',
    ],
    [
      'APPLY_ADMISSION_DENIED',
      'refused',
      'denied by the policy hosts: taken',
      422,
      "deployments.apps \"ledger\" is forbidden: ValidatingAdmissionPolicy 'hosts' with binding 'hosts' denied request: taken",
    ],
    [
      'APPLY_QUOTA_EXCEEDED',
      'refused',
      'Deployment ledger: exceeded quota: q, requested: count/deployments.apps=1',
      403,
      'deployments.apps "ledger" is forbidden: exceeded quota: q, requested: count/deployments.apps=1',
    ],
    [
      'APPLY_NAMESPACE_MISSING',
      'refused',
      'the cluster has no namespace ledger-dev',
      404,
      'namespaces "ledger-dev" not found',
    ],
    [
      'APPLY_NAMESPACE_TERMINATING',
      'refused',
      'the namespace ledger-dev is being deleted',
      403,
      'deployments.apps "ledger" is forbidden: unable to create new content in namespace ledger-dev because it is being terminated',
    ],
    [
      'APPLY_SCHEMA_INVALID',
      'refused',
      'Deployment ledger does not fit its schema: .spec.replicsa: field not declared in schema',
      500,
      'failed to create typed patch object (ledger-dev/ledger; apps/v1, Kind=Deployment): .spec.replicsa: field not declared in schema',
    ],
    [
      'APPLY_FORBIDDEN',
      'denied',
      'user dev may not patch deployments.apps in namespace ledger-dev',
      403,
      'deployments.apps "ledger" is forbidden: User "dev" cannot patch resource "deployments" in API group "apps" in the namespace "ledger-dev"',
    ],
    [
      'APPLY_KIND_UNKNOWN',
      'refused',
      'the cluster knows no such kind in apps/v1',
      404,
      'the server could not find the requested resource',
    ],
    [
      'APPLY_OBJECT_CHANGED',
      'conflict',
      'Deployment ledger was changed by somebody else meanwhile',
      409,
      'the object has been modified; please apply your changes to the latest version',
    ],
    [
      'APPLY_OBJECT_INVALID',
      'refused',
      'Deployment ledger is not valid: spec.replicas: Invalid value: -1',
      422,
      'Deployment.apps "ledger" is invalid',
      {
        causes: [
          {
            reason: 'FieldValueInvalid',
            field: 'spec.replicas',
            message: 'Invalid value: -1',
          },
        ],
      },
    ],
    ['APPLY_SERVER_FAILED', 'unavailable', 'etcd', 500, 'etcd has no leader'],
    ['APPLY_REFUSED', 'refused', 'too large', 413, 'too large'],
  ])('makes %s (%s): %s', (code, kind, text, status, message, more = {}) => {
    const error = explainRefusal(refusal(status, message, more), { wanted });
    expect(error).toMatchObject({ code, kind });
    expect(error.message).toContain(text);
  });

  it('tells both selectors of one that cannot change, and no Go struct', () => {
    const live = {
      ...wanted,
      spec: { selector: { matchLabels: { app: 'ledger', team: 'core' } } },
    };
    const error = explainRefusal(
      refusal(422, 'is invalid', {
        causes: [
          {
            reason: 'FieldValueInvalid',
            field: 'spec.selector',
            message:
              'Invalid value: {"matchLabels":{"app":"ledger"}}: field is immutable',
          },
        ],
      }),
      { wanted, live },
    );
    expect(error.message).toBe(
      'Deployment ledger: .spec.selector cannot change from {"matchLabels":{"app":"ledger","team":"core"}} to {"matchLabels":{"app":"ledger"}}',
    );
  });

  it('shows no value of a field that is secret by its name', () => {
    const live = structuredClone(wanted);
    live.spec.template.spec.containers[0].env[0].value = 'theirs';
    const { message } = explainRefusal(
      refusal(409, 'conflict', {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "hotfix" using apps/v1',
            field:
              '.spec.template.spec.containers[name="ledger"].env[name="DB_PASSWORD"].value',
          },
        ],
      }),
      { wanted, live },
    );
    expect(message).toContain('belongs to "hotfix"');
    expect(message).not.toMatch(/ours|theirs/);
  });

  it('bounds what the server says, and lets nothing of it move a cursor', () => {
    const { message } = explainRefusal(
      refusal(413, `\u001b[2J${'x'.repeat(10_000)}`),
      { wanted },
    );
    expect(message.length).toBeLessThan(700);
    expect(message).not.toContain('\u001b');
  });
});

describe('toError', () => {
  const denied = (verb: 'list' | 'patch', resource: string) => ({
    refusal: refusal(
      403,
      `is forbidden: User "dev" cannot ${verb} resource "${resource}" in API group "apps"`,
      { verb, resource },
    ),
    wanted,
  });

  it('tells missing rights together, each resource once', () => {
    const error = toError([
      denied('list', 'deployments'),
      denied('patch', 'deployments'),
      denied('patch', 'statefulsets'),
    ]);
    expect(error.message).toBe(
      'user dev may not list and patch deployments.apps in namespace ledger-dev; patch statefulsets.apps in namespace ledger-dev',
    );
  });

  it('has the code of what has to be put right first', () => {
    const conflict = { refusal: refusal(409, 'modified'), wanted };
    const invalid = { refusal: refusal(422, 'bad'), wanted };
    expect(toError([conflict, invalid])).toMatchObject({
      code: 'APPLY_OBJECT_INVALID',
      kind: 'refused',
    });
  });
});
