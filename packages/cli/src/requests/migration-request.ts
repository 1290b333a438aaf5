import type { MigrationChildRequest } from 'backstage-plugin-dojo-common';
import type { CommandContext } from '../command-context';
import { performMigration } from '../perform-migration';
import { localPath } from '../ports/local-path';
import type { RequestRun } from './request-run';

/** A request to migrate, rebuild or restore a database. */
export function migrationRequest(
  { request, ...asked }: MigrationChildRequest,
  context: CommandContext,
): RequestRun {
  const { notify } = context;
  const database = localPath(request.database, context.cwd);
  return {
    run: () =>
      performMigration(
        { ...asked, request: { ...request, database } },
        context,
        notify && { onOutcome: outcome => notify({ outcome }) },
      ),
    whenStopped: 'everything is as it was',
  };
}
