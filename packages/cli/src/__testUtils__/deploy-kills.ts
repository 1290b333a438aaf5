import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bundleDojo,
  kill,
  killTree,
  startDojo,
  startGitServer,
} from 'dojo-testing';
import type { DojoExit, GitServer, KillMoment, KillProxy } from 'dojo-testing';
import { makeDeployPlace } from './deploy-place';
import type { DeployPlace } from './deploy-place';

/** Of the drawn requests at which a run is killed. */
export const deployKillSeed = 20261129;

/** The request at which a run is killed, and when. */
export interface Trap {
  readonly at: number;
  readonly when: KillMoment;
}

/** A place of a test, below a name of its own. */
export interface NamedPlace {
  readonly name: string;
  readonly place: DeployPlace;
}

/** A git server for the places of one test file, and the bundled command; call it in `describe`. */
export function useDeployPlaces(): {
  readonly url: () => string;
  readonly make: () => NamedPlace;
  /** Starts `dojo deploy` for ledger in dev with more arguments, in a home of the place's own. */
  readonly start: (
    of: NamedPlace,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => ReturnType<typeof startDojo>;
} {
  let root: string;
  let server: GitServer;
  let made = 0;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'dojo-kill-'));
    bundleDojo();
    server = await startGitServer({ root });
  }, 300_000);
  afterAll(async () => {
    await server.close();
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  });
  return {
    url: () => server.url,
    make: () => {
      const name = `place-${made++}`;
      return { name, place: makeDeployPlace(join(root, name)) };
    },
    start: ({ name, place }, args, env = {}) =>
      startDojo(
        [
          ...['deploy', '--component', 'ledger', '--environment', 'dev'],
          ...['--storage', '1Gi'],
          ...args,
        ],
        join(root, `${name}-home`),
        { DOJO_KUSTOMIZE: place.kustomize, ...env },
      ),
  };
}

/** Where the command finds a place behind a proxy's host. */
export function addressesAt(host: string, name: string): string[] {
  return [
    ...['--infra', `http://${host}/${name}/infra.git`],
    ...['--base', `http://${host}/${name}/ledger.git//deploy/k8s/base`],
  ];
}

/** Lets a run go, killed at the trap; with `during`, what it started lives on. */
export function runTrapped(
  { pid, ended }: ReturnType<typeof startDojo>,
  proxy: KillProxy,
  trap: Trap | undefined,
): Promise<DojoExit> {
  proxy.disarm();
  if (trap) {
    proxy.trap(trap.at, trap.when, () =>
      trap.when === 'during' ? kill(pid) : killTree(pid),
    );
  }
  return ended;
}

/** Each request before and after; in its middle only where it writes: an orphan that goes on reading changes nothing. */
export function trapsAt(
  requests: readonly string[],
  isWrite: (request: string) => boolean,
): (Trap & { readonly request: string })[] {
  const moments: readonly KillMoment[] = ['before', 'during', 'after'];
  return requests.flatMap((request, at) =>
    moments
      .filter(when => when !== 'during' || isWrite(request))
      .map(when => ({ at, when, request })),
  );
}

/** What a run says that neither ended with `done` nor was killed. */
export function failureOf(
  { code, signal, stderr }: DojoExit,
  done: number,
): string | undefined {
  return code === done || signal === 'SIGKILL' ? undefined : stderr;
}
