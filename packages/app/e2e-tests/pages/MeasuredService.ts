import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const environment = 'production';

/** A version as it was made: commits on the branch, the last of them tagged. Times are seconds before now. */
export interface MeasuredVersion {
  readonly version: string;
  readonly subjects: readonly string[];
  /** Of its commits, all at once. */
  readonly committedAgo: number;
}

/** What came to the environment. */
export interface MeasuredLanding {
  readonly version: string;
  readonly ago: number;
  readonly isRollback?: true;
  /** A change of the overlay that brings no version. */
  readonly isConfiguration?: true;
  /** How it ended, as a run notes it; absent: nobody noted it. */
  readonly ended?: {
    readonly outcome: 'healthy' | 'failed';
    /** Seconds after it landed. */
    readonly after: number;
    readonly sentence?: string;
  };
}

/** A service on a forge, with the history of its versions and of where they landed, made by git at once. */
export class MeasuredService {
  readonly #name: string;
  readonly #path: string;
  readonly #infra: string;
  readonly #now: number;

  /** @param forge - folder of the repositories, `infra.git` among them */
  constructor(name: string, forge: string) {
    this.#name = name;
    this.#path = join(forge, `${name}.git`);
    this.#infra = join(forge, 'infra.git');
    this.#now = Math.floor(Date.now() / 1000);
  }

  makeVersions(versions: readonly MeasuredVersion[]): void {
    mkdirSync(this.#path, { recursive: true });
    git(this.#path, ['init', '--quiet', '--bare', '--initial-branch=main']);
    for (const key of ['allowFilter', 'allowAnySHA1InWant']) {
      git(this.#path, ['config', `uploadpack.${key}`, 'true']);
    }
    const stream = versions.flatMap(({ version, subjects, committedAgo }) => {
      const when = `Ada <ada@example.com> ${this.#now - committedAgo} +0000`;
      return [
        ...subjects.flatMap(subject => [
          'commit refs/heads/main',
          `committer ${when}`,
          data(`${subject}\n`),
          'M 100644 inline src/main.txt',
          data(`${version} ${subject}\n`),
        ]),
        `tag v${version}`,
        'from refs/heads/main',
        `tagger ${when}`,
        data(`${this.#name} ${version}\n`),
      ];
    });
    git(this.#path, ['fast-import', '--quiet'], `${stream.join('\n')}\n`);
  }

  /** @param base - address of the service's base, without its ref. @param landings - oldest first */
  land(base: string, landings: readonly MeasuredLanding[]): void {
    const folder = `${this.#name}/${environment}`;
    const file = (name: string, text: string) => [
      `M 100644 inline ${folder}/${name}`,
      data(text),
    ];
    const stream = landings.flatMap((landing, place) => {
      const { version, ago, isRollback, isConfiguration } = landing;
      const commit = git(this.#path, ['rev-parse', `v${version}^{}`]);
      const message = isConfiguration
        ? `chore: more room for ${this.#name}`
        : [
            `deploy(${this.#name}): ${environment} v${version}`,
            '',
            `Dojo-Component: ${this.#name}`,
            `Dojo-Environment: ${environment}`,
            `Dojo-Version: v${version}`,
            `Dojo-Base: ${base}?ref=${commit}`,
            ...(isRollback ? ['Dojo-Rollback: yes'] : []),
            'Dojo-Requester: user:default/owner',
            `Dojo-Plan: ${commit}${'0'.repeat(24)}`,
          ].join('\n');
      return [
        'commit refs/heads/main',
        `mark :${place + 1}`,
        `committer Ada <ada@example.com> ${this.#now - ago} +0000`,
        data(`${message}\n`),
        ...(place === 0 ? ['from refs/heads/main^0'] : []),
        ...(isConfiguration
          ? file('claim.yaml', `kind: PersistentVolumeClaim # ${place}\n`)
          : file(
              'kustomization.yaml',
              `resources:\n  - ${base}?ref=${commit} # v${version}\n`,
            )),
      ];
    });
    git(this.#infra, ['fast-import', '--quiet'], `${stream.join('\n')}\n`);
    const newestFirst = git(this.#infra, [
      ...['rev-list', `--max-count=${landings.length}`, 'main'],
    ]).split('\n');
    for (const [place, landing] of landings.entries()) {
      this.#note(newestFirst[landings.length - 1 - place], folder, landing);
    }
  }

  #note(commit: string, folder: string, { ago, ended }: MeasuredLanding) {
    if (ended === undefined) return;
    const at = new Date((this.#now - ago + ended.after) * 1000);
    const line = JSON.stringify({
      kind: 'outcome',
      folder,
      outcome: ended.outcome,
      at: at.toISOString(),
      ...(ended.sentence && { code: 'EXITS', sentence: ended.sentence }),
    });
    git(this.#infra, ['notes', '--ref=dojo', 'add', '-m', line, commit]);
  }
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}

function git(path: string, args: readonly string[], input?: string): string {
  return execFileSync('git', ['-C', path, ...args], {
    encoding: 'utf8',
    input,
    env: {
      ...process.env,
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.com',
    },
  }).trim();
}

const five = (change: string) => [
  `feat: ${change}`,
  ...[1, 2, 3, 4].map(place => `fix: ${change}, part ${place}`),
];

/** From a commit on the branch to the environment, but for what was late or in a hurry. */
const usual = 1.9 * day;
const healthy = (after: number) => ({ outcome: 'healthy' as const, after });

/**
 * 90 days: 12 versions landed, two rollbacks, one change of the configuration. One rollout failed and was rolled back, one
 * version was rolled back a day later, one got a hotfix after 5 hours, the newest failed and is open.
 */
const history: readonly (MeasuredLanding & {
  readonly subjects?: readonly string[];
  readonly committedAgo?: number;
})[] = [
  { version: '0.1.0', ago: 85 * day, ended: healthy(2 * minute) },
  { version: '0.2.0', ago: 78 * day, ended: healthy(2 * minute) },
  { version: '0.3.0', ago: 71 * day, ended: healthy(2 * minute) },
  { version: '0.4.0', ago: 64 * day, ended: healthy(2 * minute) },
  {
    version: '0.5.0',
    ago: 57 * day,
    ended: { outcome: 'failed', after: 2 * minute, sentence: 'it exits' },
  },
  {
    version: '0.4.0',
    ago: 57 * day - 5 * minute,
    isRollback: true,
    ended: healthy(minute),
  },
  { version: '0.6.0', ago: 50 * day, ended: healthy(2 * minute) },
  { version: '0.7.0', ago: 43 * day, ended: healthy(4 * minute) },
  {
    version: '0.6.0',
    ago: 42 * day,
    isRollback: true,
    ended: healthy(minute),
  },
  { version: '0.8.0', ago: 36 * day, ended: healthy(2 * minute) },
  { version: '0.8.0', ago: 33 * day, isConfiguration: true },
  { version: '0.9.0', ago: 26 * day, ended: healthy(9 * minute) },
  {
    version: '0.9.1',
    ago: 26 * day - 5 * hour,
    subjects: [1, 2, 3].map(place => `fix: what 0.9.0 broke, part ${place}`),
    committedAgo: 26 * day - 3 * hour,
    ended: healthy(2 * minute),
  },
  { version: '0.10.0', ago: 12 * day, ended: healthy(2 * minute) },
  {
    version: '0.11.0',
    ago: 12 * minute,
    ended: { outcome: 'failed', after: 2 * minute, sentence: 'it exits' },
  },
];

/** The service of the story about the figures; how its rollouts went was noted. */
export function makeMeasured(name: string, forge: string, base: string): void {
  const service = new MeasuredService(name, forge);
  const brought = history.filter(
    ({ isRollback, isConfiguration }) => !isRollback && !isConfiguration,
  );
  service.makeVersions(
    brought.map(({ version, ago, ended, subjects, committedAgo }) => ({
      version,
      subjects: subjects ?? five(`what ${version} brings`),
      committedAgo: committedAgo ?? ago + usual - (ended?.after ?? 0),
    })),
  );
  service.land(base, history);
}

/** One of which nobody noted how it went, since 20 days: three versions, the second rolled back. */
export function makeUnobserved(
  name: string,
  forge: string,
  base: string,
): void {
  const service = new MeasuredService(name, forge);
  service.makeVersions(
    ['0.1.0', '0.2.0', '0.3.0'].map((version, place) => ({
      version,
      subjects: five(`what ${version} brings`),
      committedAgo: (22 - 5 * place) * day,
    })),
  );
  service.land(base, [
    { version: '0.1.0', ago: 20 * day },
    { version: '0.2.0', ago: 15 * day },
    { version: '0.1.0', ago: 14 * day, isRollback: true },
    { version: '0.3.0', ago: 10 * day },
  ]);
}
