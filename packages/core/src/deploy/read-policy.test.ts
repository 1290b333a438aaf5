import { readPolicy } from './read-policy';

const config = (environments: string) =>
  `dojo:\n  environments:\n${environments}`;
const read = (environments: string, name = 'dev') =>
  readPolicy(config(environments), name, 'app-config.yaml');

describe('readPolicy', () => {
  it('reads what is configured for an environment, and nothing else of a portal', () => {
    const text = `app: {title: x}\n${config(
      `    - name: dev\n      database: {file: x}\n      freeze: ['Fri 16:00 - Mon 08:00 Europe/Rome']\n      approval: true\n      mode: pull-request\n      namespace: '{environment}'\n    - name: qa\n`,
    )}`;
    expect(readPolicy(text, 'qa', 'x')).toEqual({ freeze: [] });
    expect(readPolicy(text, 'dev', 'x')).toMatchObject({
      approval: true,
      mode: 'pull-request',
      namespace: '{environment}',
      freeze: [{ zone: 'Europe/Rome' }],
    });
  });

  it('reads whether nothing else gets in than what was promoted', () => {
    const order = '    - name: dev\n    - name: qa\n      promotesFrom: dev\n';
    expect(read(order, 'qa')).toEqual({ freeze: [], promotesFrom: 'dev' });
    expect(read(`${order}      promotedOnly: true\n`, 'qa')).toEqual({
      freeze: [],
      promotesFrom: 'dev',
      promotedOnly: true,
    });
  });

  it('reads what brings the overlays into the cluster', () => {
    expect(
      read(
        '    - name: dev\n      cluster: eu-1\n      sync: {kind: flux, name: ledger, namespace: flux-system}\n',
      ),
    ).toEqual({
      cluster: 'eu-1',
      freeze: [],
      sync: { kind: 'flux', name: 'ledger', namespace: 'flux-system' },
    });
  });

  it.each([
    [
      "    - name: dev\n      freeze: ['Fri 16:00 - Mon 08:00 Europe/Roma']\n",
      'FREEZE_WINDOW_INVALID',
    ],
    // Also of another environment: a window that nobody can read is never none.
    [
      "    - name: dev\n    - name: qa\n      freeze: ['']\n",
      'FREEZE_WINDOW_INVALID',
    ],
    ['    - name: dev\n      freeze: Fri\n', 'DEPLOY_CONFIG_INVALID'],
    ['    - name: dev\n      mode: fast\n', 'DEPLOY_CONFIG_INVALID'],
    // What is waited for is never less than what is written.
    ...[
      '{kind: helm, name: ledger, namespace: flux-system}',
      '{kind: argo, name: ledger}',
      '{kind: argo, name: ledger, namespace: argocd, path: x}',
      'argo',
    ].map(sync => [
      `    - name: dev\n      sync: ${sync}\n`,
      'DEPLOY_CONFIG_INVALID',
    ]),
    ['    - name: dev\n      promotedOnly: true\n', 'DEPLOY_CONFIG_INVALID'],
    ['    - name: dev\n  - x\n', 'DEPLOY_CONFIG_INVALID'],
    [
      `    - name: &a [${'x,'.repeat(50)}]\n    - [${'*a,'.repeat(200)}]\n`,
      'DEPLOY_CONFIG_INVALID',
    ],
    ['    - name: staging\n', 'DEPLOY_ENVIRONMENT_UNKNOWN'],
  ])('refuses %j', (environments, code) => {
    expect(() => read(environments)).toThrow(expect.objectContaining({ code }));
  });

  it('refuses what is no configuration of ours', () => {
    for (const text of ['', 'a: 1', '[', 'x'.repeat(1024 * 1024 + 1)]) {
      expect(() => readPolicy(text, 'dev', 'x')).toThrow(
        expect.objectContaining({ code: 'DEPLOY_CONFIG_INVALID' }),
      );
    }
  });
});
