/** Prints the folder of a kustomize that Go built once from tools/kustomize, for machines that have none. */
import { dirname } from 'node:path';
import { buildOnce } from './go/build-once.mjs';

/** As in tools/kustomize/go.mod: a program that is built from a module tells no version by itself. */
const VERSION = 'v5.7.1';

try {
  const binary = await buildOnce('kustomize', 'kustomize', {
    ldflags: ['-X', `sigs.k8s.io/kustomize/api/provenance.version=${VERSION}`],
    says: '• Kustomize is built from tools/kustomize (once, half a minute)',
    missing:
      '• Nothing can be deployed: put kustomize or kubectl on PATH, or install Go 1.24 or newer and kustomize is built',
  });
  process.stdout.write(`${dirname(binary)}\n`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
