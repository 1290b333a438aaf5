import { DatabaseManager } from '@backstage/backend-defaults/database';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { forgetLeftLocks } from './forgetLeftLocks';
import { takeStartTurn } from './startTurn';

/** Ten starts on two busy cores; with a start of its own after it, less than what deploy/portal lets a pod take. */
const longestWaitMs = 120_000;

/**
 * Backstage's databases, for several replicas on one PostgreSQL: the replicas start one after the other, and what a killed
 * one left does not keep them from it (ADR 15). With SQLite it is Backstage's own.
 */
export default createServiceFactory({
  service: coreServices.database,
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.lifecycle,
    logger: coreServices.logger,
    plugin: coreServices.pluginMetadata,
    rootLifecycle: coreServices.rootLifecycle,
    rootLogger: coreServices.rootLogger,
  },
  async createRootContext({ config, rootLifecycle, rootLogger }) {
    const manager = DatabaseManager.fromConfig(config, {
      rootLifecycle,
      rootLogger,
    });
    if (config.getOptionalString('backend.database.client') !== 'pg') {
      return { manager };
    }
    const client = await manager
      .forPlugin('dojo', { lifecycle: rootLifecycle, logger: rootLogger })
      .getClient();
    const turn = await takeStartTurn(client, {
      logger: rootLogger,
      longestWaitMs,
    });
    rootLifecycle.addStartupHook(() => turn.end());
    return { manager, turn };
  },
  async factory({ plugin, lifecycle, logger }, { manager, turn }) {
    const database = manager.forPlugin(plugin.getId(), { lifecycle, logger });
    if (!turn) return database;
    let first: Promise<void> | undefined;
    return {
      ...database,
      async getClient() {
        const client = await database.getClient();
        if (turn.isHeld) first ??= forgetLeftLocks(client, logger);
        await first;
        return client;
      },
    };
  },
});
