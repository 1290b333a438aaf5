import type { DatabaseStatusChildRequest } from 'backstage-plugin-dojo-common';
import { limitEngine, readDatabaseStatus } from 'dojo-portal-core/migrate';
import type { CommandContext } from '../command-context';
import { localPath } from '../ports/local-path';
import type { RequestRun } from './request-run';

/** A request to say where a database is. */
export function databaseStatusRequest(
  { database, noLinksBelow, memoryBytes }: DatabaseStatusChildRequest,
  { cwd, signal }: CommandContext,
): RequestRun {
  return {
    run: async () => {
      limitEngine({ ...(memoryBytes !== undefined && { memoryBytes }) });
      const result = await readDatabaseStatus(
        {
          database: localPath(database, cwd),
          ...(noLinksBelow !== undefined && { noLinksBelow }),
        },
        signal,
      );
      return { result, code: 0 };
    },
    whenStopped: 'nothing was changed',
  };
}
