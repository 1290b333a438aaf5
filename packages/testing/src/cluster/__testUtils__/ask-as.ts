import { readFile } from 'node:fs/promises';
import { Agent, request } from 'undici';

interface Kubeconfig {
  readonly clusters: readonly [
    { cluster: { server: string; 'certificate-authority-data': string } },
  ];
  readonly users: readonly [
    { user: { 'client-certificate-data': string; 'client-key-data': string } },
  ];
}

/** Asks the API server of one kubeconfig with the certificate of another, or of the same. */
export async function askAs(
  kubeconfig: string,
  path: string,
  at: string = kubeconfig,
): Promise<{ status: number; message: string }> {
  const { user } = (await read(kubeconfig)).users[0];
  const { cluster } = (await read(at)).clusters[0];
  const dispatcher = new Agent({
    connect: {
      ca: decode(cluster['certificate-authority-data']),
      cert: decode(user['client-certificate-data']),
      key: decode(user['client-key-data']),
    },
  });
  try {
    const url = new URL(path, cluster.server);
    const { statusCode, body } = await request(url, { dispatcher });
    const text = await body.text();
    const message = statusCode < 400 ? text : JSON.parse(text).message;
    return { status: statusCode, message };
  } finally {
    await dispatcher.destroy();
  }
}

async function read(path: string): Promise<Kubeconfig> {
  return JSON.parse(await readFile(path, 'utf8')) as Kubeconfig;
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}
