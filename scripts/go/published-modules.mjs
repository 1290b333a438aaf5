/** Files that other projects publish in modules of Go, for tests that compare with them: fetched, never committed. */
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { findGo } from './build-once.mjs';

/** Each of one content, whoever serves it: `sum` is that of go.sum. */
export const modules = {
  /** kustomize's own tests; as in tools/kustomize/go.mod. */
  kustomize: {
    path: 'sigs.k8s.io/kustomize/api',
    version: 'v0.20.1',
    sum: 'h1:iWP1Ydh3/lmldBnH/S5RXgT98vWYMaTUL1ADcr+Sv7I=',
  },
  /** Health, as kubectl's and Flux's libraries tell it. */
  kstatus: {
    path: 'sigs.k8s.io/cli-utils',
    version: 'v0.37.2',
    sum: 'h1:GOfKw5RV2HDQZDJlru5KkfLO1tbxqMoyn1IYUxqBpNg=',
  },
  /** Health, as Argo CD tells it. */
  gitopsEngine: {
    path: 'github.com/argoproj/gitops-engine',
    version: 'v0.7.3',
    sum: 'h1:0ZlRTReAJG5Y1PviQ8ZIJq/+VowxWe2uFwoXqYcbtXU=',
  },
  /** The kind Application (25 MB). */
  argo: {
    path: 'github.com/argoproj/argo-cd/v3',
    version: 'v3.1.0',
    sum: 'h1:2+gPskQKCyPC9DzRSWQ1AvmS3WiIlRR7bKz/FO3DozI=',
  },
  /** The kind Kustomization. */
  flux: {
    path: 'github.com/fluxcd/kustomize-controller',
    version: 'v1.9.0',
    sum: 'h1:WfM+bQUGUGW2qyrrTgh2bIVSZSPmc3JC7234K8NiTWQ=',
  },
};

const missing =
  '• The tests compare with what other projects publish as modules of Go: install Go 1.26 or newer (https://go.dev/doc/install) and they are fetched';

/**
 * The folder of one module, in Go's own cache: it is fetched once, then nothing is asked of the net.
 *
 * @param module its path, version and sum; throws where there is no Go, or another content came.
 */
export function moduleFolder({ path, version, sum }, go = findGo(missing)) {
  const name = `${path}@${version}`;
  const found = JSON.parse(
    execFileSync(go, ['mod', 'download', '-json', name], {
      // No go.mod there: none of what the module itself needs is fetched.
      cwd: tmpdir(),
      encoding: 'utf8',
      env: {
        ...process.env,
        GOFLAGS: '',
        GOWORK: 'off',
        // The sum is known here.
        GONOSUMDB: path,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  if (found.Sum !== sum) {
    throw new Error(`${name} has the sum ${found.Sum}, not ${sum}`);
  }
  return found.Dir;
}

/** Name and folder of every module. */
export function moduleFolders() {
  const go = findGo(missing);
  return Object.fromEntries(
    Object.entries(modules).map(([name, module]) => [
      name,
      moduleFolder(module, go),
    ]),
  );
}
