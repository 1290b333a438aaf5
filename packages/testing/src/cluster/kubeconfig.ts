import type { KeyPair } from './certificates';

/** A kubeconfig with one context, the certificates within it. YAML's flow style is JSON. */
export function toKubeconfig(
  server: { readonly url: string; readonly ca: string },
  user: { readonly name: string } & KeyPair,
): string {
  const base64 = (pem: string) => Buffer.from(pem).toString('base64');
  return JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: 'test',
          cluster: {
            server: server.url,
            'certificate-authority-data': base64(server.ca),
          },
        },
      ],
      users: [
        {
          name: user.name,
          user: {
            'client-certificate-data': base64(user.cert),
            'client-key-data': base64(user.key),
          },
        },
      ],
      contexts: [
        { name: 'test', context: { cluster: 'test', user: user.name } },
      ],
      'current-context': 'test',
    },
    undefined,
    2,
  );
}
