import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  fleetFiles,
  fleetHistory,
  fleetLandings,
  releaseMark,
} from './fleet-history';
import type { FleetLanding } from './fleet-history';

const day = 24 * 60 * 60;
/** Landings of each component in each environment, of its newest versions; each environment is one behind the other. */
const landingsEach = 3;
const services = { releases: 12, commitsEach: 8, every: day / 4 };
const atlas = { commitsEach: 4, every: 60 };
/** Entities in one repository: the portal takes no more from one file. */
const entitiesEach = 100;

/** What {@link makeFleet} makes. */
export interface FleetToMake {
  /** Folder of bare repositories, made where it is not there. */
  readonly root: string;
  /** Components, `atlas` with its many tags the first of them. */
  readonly count: number;
  readonly environments: readonly string[];
  /** Address of the repository of a component, as overlays name it. */
  readonly addressOf: (name: string) => string;
  /** Seconds since 1970 at which all of it ends. */
  readonly until: number;
  /** Tags of atlas; default: 5,000, with four commits each. */
  readonly atlasReleases?: number;
  /** Path of the repository of overlays; default: `infra.git` beside the others. */
  readonly infra?: string;
  /** Folder of atlas; default: `root`. */
  readonly atlasRoot?: string;
  /** Text of a component's catalog entry, and where repositories `fleet-0`, `fleet-1` with them go; default: none. */
  readonly entries?: {
    readonly root: string;
    readonly of: (name: string) => string;
  };
}

/** Name of a component of the fleet. */
export function fleetName(place: number): string {
  return place === 0 ? 'atlas' : `service-${place}`;
}

/**
 * Makes a forge as a large organisation has one: services with twelve releases and some commits that wait, all with one
 * history, `atlas` with thousands of releases, and a repository of overlays in which versions landed one by one. The same
 * object ids each time.
 */
export async function makeFleet(fleet: FleetToMake): Promise<void> {
  const { root, count, until } = fleet;
  mkdirSync(root, { recursive: true });
  const names = Array.from({ length: count }, (_, place) => fleetName(place));
  const releases = fleet.atlasReleases ?? 5_000;
  const ofAtlas = await makeBare(
    join(fleet.atlasRoot ?? root, 'atlas.git'),
    fleetHistory({ name: 'atlas', ...atlas, releases, waiting: 12, until }),
  );
  const first = join(root, `${fleetName(1)}.git`);
  const ofServices = await makeBare(
    first,
    fleetHistory({ name: 'service', ...services, waiting: 12, until }),
  );
  for (const name of names.slice(2)) {
    cpSync(first, join(root, `${name}.git`), { recursive: true });
  }
  const landings = names.flatMap((name, place) =>
    landingsOf(fleet, name, place, {
      releases: place === 0 ? releases : services.releases,
      commits: place === 0 ? ofAtlas : ofServices,
    }),
  );
  landings.sort(
    (one, other) =>
      one.at - other.at || (one.component < other.component ? -1 : 1),
  );
  await makeBare(
    fleet.infra ?? join(root, 'infra.git'),
    fleetLandings(landings),
  );
  if (fleet.entries === undefined) return;
  const { of, root: entries } = fleet.entries;
  for (let start = 0; start < count; start += entitiesEach) {
    const text = names
      .slice(start, start + entitiesEach)
      .map(of)
      .join('---\n');
    await makeBare(
      join(entries, `fleet-${start / entitiesEach}.git`),
      fleetFiles({ 'catalog-info.yaml': text }, until),
    );
  }
}

function landingsOf(
  { environments, addressOf, until }: FleetToMake,
  component: string,
  place: number,
  { releases, commits }: { releases: number; commits: Commits },
): FleetLanding[] {
  return environments.flatMap((environment, stage) =>
    Array.from({ length: landingsEach }, (_, ago) => {
      const release = releases - ago - stage;
      return {
        component,
        environment,
        tag: `v0.${release}.0`,
        commit: commits.get(releaseMark(release)) ?? '',
        base: `${addressOf(component)}//deploy/k8s/base`,
        at: until - day * (2 * ago + 1) + stage * 3600 + (place % 3600),
      };
    }),
  );
}

/** By their marks. */
type Commits = ReadonlyMap<number, string>;

function emptyBare(path: string): void {
  rmSync(path, { recursive: true, force: true });
  for (const folder of ['objects', 'refs']) {
    mkdirSync(join(path, folder), { recursive: true });
  }
  writeFileSync(join(path, 'HEAD'), 'ref: refs/heads/main\n');
  // As a forge answers: in parts, and by object id.
  writeFileSync(
    join(path, 'config'),
    '[core]\n\trepositoryformatversion = 0\n\tbare = true\n[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n',
  );
}

async function makeBare(
  path: string,
  stream: Iterable<string>,
): Promise<Commits> {
  emptyBare(path);
  const marks = join(path, 'marks');
  const child = spawn(
    'git',
    // Nothing of it has to outlive a failure of the machine.
    [
      ...['-c', 'core.fsync=none', 'fast-import', '--quiet', '--force'],
      `--export-marks=${marks}`,
    ],
    {
      cwd: path,
      stdio: ['pipe', 'ignore', 'pipe'],
      env: {
        PATH: process.env.PATH,
        LC_ALL: 'C',
        GIT_DIR: path,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: devNull,
      },
    },
  );
  let complains = '';
  child.stderr.on('data', chunk => {
    complains = `${complains}${chunk}`.slice(-2000);
  });
  const ended = once(child, 'close');
  Readable.from(stream).pipe(child.stdin);
  const [status] = await ended;
  if (status !== 0) throw new Error(`git fast-import of ${path}: ${complains}`);
  await packRefs(path);
  const lines = readFileSync(marks, 'utf8').trim().split('\n');
  rmSync(marks);
  return new Map(
    lines
      .map(line => line.split(' '))
      .map(([mark, oid]) => [Number(mark.slice(1)), oid]),
  );
}

/** Thousands of refs in files of their own are no repository of a forge. */
async function packRefs(path: string): Promise<void> {
  const child = spawn('git', ['-c', 'core.fsync=none', 'pack-refs', '--all'], {
    env: { PATH: process.env.PATH, GIT_DIR: path },
    stdio: 'ignore',
  });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`git pack-refs of ${path} failed`);
}
