import { join } from 'node:path';
import {
  MigrationChoices,
  MigrationResult,
  migrationResultSchema,
  Outcome,
  shortOid,
} from 'backstage-plugin-dojo-common';
import { createTemporaryFolder } from 'dojo-portal-core/local';
import {
  FolderRepository,
  FolderToRead,
  readTaggedFolder,
  TaggedFolder,
} from 'dojo-portal-core/repository';
import { runDojoCommand } from '../child/runDojoCommand';
import { databaseErrors } from './databaseErrors';
import { childErrors } from '../child/childErrors';
import { createDeadline, Deadline } from '../child/createDeadline';
import type { ChildSlots } from '../child/ChildSlots';
import type { MigrationLimits, PlanLimits } from '../config/readDojoConfig';
import type { DatabaseTurns } from './DatabaseTurns';
import type { VersionAhead } from './Migrations';
import {
  MigrationMode,
  toMigrationChildRequest,
} from './toMigrationChildRequest';
import { writeMigrationFiles } from './writeMigrationFiles';

/** Which database, from which SQL, and how. Nobody is asked any more who may. */
export interface DatabaseWork {
  /** Complete entity ref. */
  readonly component: string;
  /** Who asks. */
  readonly initiator: string;
  readonly environment: string;
  /** Absolute path of the DuckDB file. */
  readonly database: string;
  /** Below it, no part of that path is a link: two components never share a file. */
  readonly fixedFolder: string;
  readonly repository: string;
  /** Whose versions are meant, where the repository has several components. */
  readonly tagPrefix?: string;
  readonly path?: string;
  /** Folder of the migrations in the repository. */
  readonly migrations: string;
  readonly choices: MigrationChoices;
  readonly mode: MigrationMode;
  /** A version whose tag is not there yet, for a plan; absent: the choices say which. */
  readonly ahead?: VersionAhead;
  /** Of the reviewed plan. */
  readonly planHash?: string;
}

/** Options of {@link DatabaseRunner.run}. */
export interface DatabaseRunOptions {
  readonly signal: AbortSignal;
  /** Called with each line of the run's log; default: nowhere. */
  readonly log?: (line: string) => void;
  /** Called with each outcome as soon as it is known; default: the result alone has them. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** What {@link DatabaseRunner} works with. */
export interface DatabaseRunnerOptions {
  readonly openRepository: (
    url: string,
  ) => Promise<FolderRepository & { dispose(): Promise<void> }>;
  readonly turns: DatabaseTurns;
  /** For plans; what was reviewed waits for its database alone. */
  readonly slots: ChildSlots;
  /** What a plan may take. */
  readonly plans: PlanLimits;
  /** What DuckDB may take in a rehearsal or a run. */
  readonly migrations: MigrationLimits;
  /** The `dojo` command's JavaScript file. */
  readonly command: string;
  readonly temporaryRoot: string;
}

/** What is read of a folder of migrations: far more than any service has, far less than what fills a disk. */
const folderLimits: Omit<FolderToRead, 'path'> = {
  below: ['caches'],
  ending: '.sql',
  maxFiles: 10_000,
  maxBytes: 64 * 1024 * 1024,
};
const temporaryPrefix = 'dojo-migrations-';
/** Of the SQL, in the temporary folder, as messages of the command name it. */
const migrationsFolder = 'migrations';
/** A plan that somebody looks at waits this many milliseconds for a run on the database, and then says that there is one. */
const planPatience = 10_000;

/** Milliseconds between SIGTERM and SIGKILL of a plan: it has nothing to put away. */
const planGrace = 1_000;
const mebibyte = 1024 * 1024;
/** What a run holds beside what DuckDB counts: Node, the engine's code, a copy's helpers. */
const besideDuckdbBytes = 512 * mebibyte;
/** A plan makes no rows. */
const planSpillBytes = 64 * mebibyte;

interface DatabaseLimits extends MigrationLimits {
  /** Of the process, with all that it starts. */
  readonly maxMemoryBytes: number;
}

const whenLost =
  'Plan again to see how the database is now: it is the old one or the new one, never something between.';

const words: Readonly<Record<MigrationMode, string>> = {
  plan: 'a plan',
  rehearse: 'a rehearsal',
  run: 'a migration',
};

/**
 * Every way to a database: the `dojo` command in a child process, one at a time on each. This process never opens one:
 * a second opener in one process silently loses committed rows.
 */
export class DatabaseRunner {
  readonly #options: DatabaseRunnerOptions;

  constructor(options: DatabaseRunnerOptions) {
    this.#options = options;
  }

  /** @throws DojoError of git, of the command, DATABASE_BUSY, DATABASE_DEADLINE; the signal's reason. */
  async run(
    work: DatabaseWork,
    { signal, log = () => {}, onOutcome = () => {} }: DatabaseRunOptions,
  ): Promise<MigrationResult> {
    const deadline = this.#deadlineOf(work, signal);
    try {
      const { temporaryRoot } = this.#options;
      const temporary = await createTemporaryFolder(
        temporaryRoot,
        temporaryPrefix,
      );
      try {
        const options = { signal: deadline.signal, log, onOutcome };
        const start = () => this.#runIn(temporary.path, work, options);
        return work.mode === 'plan'
          ? await this.#options.slots.run({ ...work, ...options }, start)
          : await start();
      } finally {
        await temporary.dispose();
      }
    } finally {
      deadline.clear();
    }
  }

  /** A plan has its own, whatever is asked for: it may be started by whoever may look. */
  #deadlineOf(work: DatabaseWork, signal: AbortSignal): Deadline {
    const what = `${words[work.mode]} of ${subjectOf(work)}`;
    const { seconds } = this.#options.plans;
    const { deadline } = work.choices;
    return work.mode === 'plan'
      ? createDeadline(signal, `${seconds}s`, () =>
          childErrors.deadline(what, seconds, whenLost),
        )
      : createDeadline(signal, deadline, () =>
          databaseErrors.databaseDeadline(what, deadline),
        );
  }

  /** What DuckDB may take, and the process with it. */
  #limitsOf(mode: MigrationMode): DatabaseLimits {
    const { plans, migrations } = this.#options;
    if (mode === 'plan') {
      const { memoryBytes } = plans;
      return {
        // The rest is for Node, and for the engine's own code.
        memoryBytes: Math.ceil(memoryBytes / 3),
        spillBytes: planSpillBytes,
        maxMemoryBytes: memoryBytes,
      };
    }
    const maxMemoryBytes = migrations.memoryBytes + besideDuckdbBytes;
    return { ...migrations, maxMemoryBytes };
  }

  async #runIn(
    folder: string,
    work: DatabaseWork,
    { signal, log, onOutcome }: Required<DatabaseRunOptions>,
  ): Promise<MigrationResult> {
    const { turns, command } = this.#options;
    const limits = this.#limitsOf(work.mode);
    const source = await this.#readSource(work, signal);
    if (source !== undefined) {
      const { version, tag, commit, files } = source;
      // Rebuilds of caches alone are no migrations.
      if (!files.some(({ path }) => !path.includes('/'))) {
        throw databaseErrors.migrationsNone(
          work.component,
          work.migrations,
          version,
        );
      }
      log(`migrations of version ${version} (${tag}, ${shortOid(commit)})`);
      await writeMigrationFiles(join(folder, migrationsFolder), files);
    }
    const places = { ...work, ...limits, migrations: migrationsFolder };
    const request = toMigrationChildRequest(places, work.choices);
    const turn = {
      database: work.database,
      display: `the database of ${subjectOf(work)}`,
      what: words[work.mode],
      ...(work.mode !== 'plan' && {
        tell: (since: Date) => tellTurn(work, since),
      }),
      signal,
      ...(work.mode === 'plan' && { patience: planPatience }),
      onWait: (sentence: string) => log(`${sentence} Waiting for it.`),
    };
    const result = await turns.run(turn, () =>
      runDojoCommand({
        command,
        request,
        result: migrationResultSchema,
        folder,
        signal,
        log,
        onOutcome,
        what: `${words[work.mode]} of ${subjectOf(work)}`,
        whenLost,
        maxMemoryBytes: limits.maxMemoryBytes,
        ...(work.mode === 'plan' && { grace: planGrace }),
      }),
    );
    return source === undefined
      ? result
      : { ...result, version: source.version };
  }

  /** Putting a backup back needs no SQL. */
  async #readSource(
    { choices, repository, tagPrefix, path, migrations, ahead }: DatabaseWork,
    signal: AbortSignal,
  ): Promise<TaggedFolder | undefined> {
    if (choices.operation === 'restore') return undefined;
    const opened = await this.#options.openRepository(repository);
    const folder = { ...folderLimits, path: migrations };
    try {
      if (ahead !== undefined) {
        // Only then is it known how the repository names its objects.
        await opened.readRefs(signal);
        const files = await opened.readFolder(ahead.commit, folder, signal);
        return { ...ahead, files };
      }
      return await readTaggedFolder(
        opened,
        {
          version: choices.version,
          line: { tagPrefix, path },
          folder,
        },
        signal,
      );
    } finally {
      await opened.dispose();
    }
  }
}

function subjectOf({ component, environment }: DatabaseWork): string {
  return `${component} in ${environment}`;
}

const deeds: Readonly<Record<MigrationChoices['operation'], string>> = {
  migrate: 'is being migrated',
  restore: 'is being restored',
  'rebuild-caches': 'has its caches rebuilt',
};

/** `dev database is being migrated by owner since 14:02.`, in UTC */
function tellTurn(
  { environment, initiator, mode, choices }: DatabaseWork,
  since: Date,
): string {
  const does =
    mode === 'rehearse' ? 'is rehearsed on' : deeds[choices.operation];
  const who = initiator.replace(/^.*[:/]/, '');
  return `${environment} database ${does} by ${who} since ${since
    .toISOString()
    .slice(11, 16)}.`;
}
