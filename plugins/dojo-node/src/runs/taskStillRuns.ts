import type { AuthService } from '@backstage/backend-plugin-api';
import type { ScaffolderService } from '@backstage/plugin-scaffolder-node';

/** What {@link taskStillRuns} asks. */
export interface TaskStillRunsOptions {
  readonly scaffolder: Pick<ScaffolderService, 'getTask'>;
  readonly auth: Pick<AuthService, 'getOwnServiceCredentials'>;
}

/**
 * Whether a task has not ended, by the scaffolder itself, whoever started it. One that it has forgotten has ended; where
 * it does not answer, nobody has seen the end.
 */
export async function taskStillRuns(
  taskId: string,
  { scaffolder, auth }: TaskStillRunsOptions,
): Promise<boolean> {
  // Of others' tasks a caller is shown only what a permission lets through.
  const credentials = await auth.getOwnServiceCredentials();
  try {
    const { status } = await scaffolder.getTask({ taskId }, { credentials });
    return status === 'open' || status === 'processing';
  } catch (error) {
    return (error as { statusCode?: unknown } | null)?.statusCode !== 404;
  }
}
