import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';

/** A client of the database, as plugins get it. */
export type DatabaseClient = Awaited<ReturnType<DatabaseService['getClient']>>;

/** Of the one that starts, in PostgreSQL: the letters "dojo". */
const lockKey = 0x646f6a6f;

/** PostgreSQL's code of a wait for a lock that took longer than lock_timeout. */
const lockNotAvailable = '55P03';

/** The right to start: held by one replica at a time. */
export interface StartTurn {
  /** Whether it is held: until {@link end}, and not where the others took too long. */
  readonly isHeld: boolean;
  end(): Promise<void>;
}

/**
 * Waits until no other replica is starting. Backstage's plugins bring their tables up to date when they start, and two
 * that do so at once stop each other: "Migration table is already locked".
 *
 * The turn ends with its connection, so that a replica that is killed leaves none behind.
 *
 * @param options.longestWaitMs - after that this replica starts all the same.
 */
export async function takeStartTurn(
  client: DatabaseClient,
  options: { readonly logger: LoggerService; readonly longestWaitMs: number },
): Promise<StartTurn> {
  const { logger, longestWaitMs } = options;
  const transaction = await client.transaction();
  let isHeld = false;
  try {
    await transaction.raw(`set local lock_timeout = ${longestWaitMs}`);
    // A machine that is gone does not close its connections.
    await transaction.raw('set local tcp_keepalives_idle = 10');
    await transaction.raw('set local tcp_keepalives_interval = 5');
    await transaction.raw('set local tcp_keepalives_count = 3');
    await transaction.raw('select pg_advisory_xact_lock(?)', [lockKey]);
    isHeld = true;
  } catch (error) {
    await transaction.rollback();
    if ((error as { code?: unknown }).code !== lockNotAvailable) throw error;
    logger.warn(
      `another replica has been starting for ${Math.round(
        longestWaitMs / 1000,
      )} s: this one starts beside it`,
    );
  }
  return {
    get isHeld() {
      return isHeld;
    },
    async end() {
      if (!isHeld) return;
      isHeld = false;
      // Where its connection was cut, it has ended already.
      await transaction.rollback().catch(() => undefined);
    },
  };
}
