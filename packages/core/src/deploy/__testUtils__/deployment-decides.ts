import type { DeploymentDecides } from 'backstage-plugin-dojo-common';

/** A decided deployment of ledger v0.2.0 to dev, with what the test says of it. */
export function deploymentDecides(
  decided: Partial<DeploymentDecides> = {},
): DeploymentDecides {
  return {
    infra: 'https://git.example.test/acme/infra.git',
    branch: 'main',
    component: 'ledger',
    environment: 'dev',
    mode: 'commit',
    intent: 'version',
    folder: 'ledger/dev',
    base: 'https://git.example.test/acme/ledger.git//deploy/k8s/base',
    version: {
      tag: 'v0.2.0',
      commit: 'a'.repeat(40),
      images: [
        {
          name: 'ledger',
          newName: 'ghcr.io/acme/ledger',
          digest: `sha256:${'b'.repeat(64)}`,
        },
      ],
    },
    edits: [],
    ...decided,
  };
}
