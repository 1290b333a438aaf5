import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditPolicy } from './audit-log';
import type { AuditLevel } from './audit-log';
import { makeSigningKey } from './certificates';
import type { ClientIdentity, TestAuthority } from './certificates';
import { toKubeconfig } from './kubeconfig';

/** The administrator: of the group that RBAC lets do everything. */
export const administrator: ClientIdentity = {
  name: 'admin',
  groups: ['system:masters'],
};

/**
 * The controllers work under one name, with the rights of all: each with its own would ask for a token of its own, at
 * every start and again every hour.
 */
const controllers: ClientIdentity = {
  name: 'system:kube-controller-manager',
  groups: ['system:masters'],
};

const scheduler: ClientIdentity = { name: 'system:kube-scheduler' };

/** Names by which programs in and beside a cluster reach its API server. */
const serverNames = [
  'localhost',
  '127.0.0.1',
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  '10.96.0.1',
];

const secretWriter = (folder: string) => async (name: string, text: string) => {
  const path = join(folder, name);
  await writeFile(path, text, { mode: 0o600 });
  return path;
};

/** Lays down what the API server reads (control-plane.ts names the files). */
export async function writeServerFiles(
  folder: string,
  authority: TestAuthority,
  auditLevel: AuditLevel,
): Promise<void> {
  const write = secretWriter(folder);
  const [serving, kubeletClient] = await Promise.all([
    authority.serving(serverNames),
    authority.client({ name: 'kube-apiserver-kubelet-client' }),
  ]);
  await Promise.all([
    write('ca.crt', authority.cert),
    write('apiserver.crt', serving.cert),
    write('apiserver.key', serving.key),
    write('kubelet-client.crt', kubeletClient.cert),
    write('kubelet-client.key', kubeletClient.key),
    write('sa.key', makeSigningKey()),
    write('audit-policy.json', JSON.stringify(auditPolicy(auditLevel))),
  ]);
}

/** Writes the kubeconfigs of the programs that talk to the API server. */
export async function writeProgramKubeconfigs(
  folder: string,
  authority: TestAuthority,
  url: string,
): Promise<void> {
  await Promise.all([
    writeKubeconfig(folder, 'controllers', authority, url, controllers),
    writeKubeconfig(folder, 'scheduler', authority, url, scheduler),
  ]);
}

/** Writes `<name>.kubeconfig` with a new client certificate. @returns its path. */
export async function writeKubeconfig(
  folder: string,
  name: string,
  authority: TestAuthority,
  url: string,
  identity: ClientIdentity,
): Promise<string> {
  const pair = await authority.client(identity);
  const text = toKubeconfig(
    { url, ca: authority.cert },
    { name: identity.name, ...pair },
  );
  return secretWriter(folder)(`${name}.kubeconfig`, text);
}
