import { createSign, generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { user } from './suite-cluster';
import type { SuiteCluster } from './suite-cluster';

/** A token of a service account that ended an hour ago, signed by a key that no API server has any more. */
export function expiredToken(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const now = Math.floor(Date.now() / 1_000);
  const part = (value: object) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({
    iss: 'https://kubernetes.default.svc',
    sub: `system:serviceaccount:default:${user}`,
    aud: ['https://kubernetes.default.svc'],
    iat: now - 7_200,
    exp: now - 3_600,
  })}`;
  const signature = createSign('RSA-SHA256')
    .update(signed)
    .sign(privateKey, 'base64url');
  return `${signed}.${signature}`;
}

/** Writes a kubeconfig whose user has a token. @returns its path. */
export function writeTokenConfig(
  { cluster, kubeconfig }: SuiteCluster,
  token: string,
): string {
  const path = `${kubeconfig}.token`;
  const named = { cluster: 'test', user };
  writeFileSync(
    path,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'test',
      contexts: [{ name: 'test', context: named }],
      clusters: [
        {
          name: 'test',
          cluster: {
            server: cluster.url,
            'certificate-authority-data': Buffer.from(cluster.ca).toString(
              'base64',
            ),
          },
        },
      ],
      users: [{ name: user, user: { token } }],
    }),
    { mode: 0o600 },
  );
  return path;
}
