import { execFileSync } from 'node:child_process';
import type { TestCluster } from 'dojo-testing';

/** Runs kubectl as the administrator: somebody who works at the cluster by hand. @returns what it printed. */
export function runKubectl(
  { kubeconfig }: Pick<TestCluster, 'kubeconfig'>,
  args: readonly string[],
  input = '',
): string {
  return execFileSync('kubectl', [`--kubeconfig=${kubeconfig}`, ...args], {
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}
