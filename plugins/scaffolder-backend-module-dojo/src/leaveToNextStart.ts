import type {
  LoggerService,
  RootLifecycleService,
} from '@backstage/backend-plugin-api';

interface Handled<C> {
  readonly handler: (context: C) => Promise<void>;
}

/**
 * Actions whose failure is not told once the backend stops. From then on its plugins answer one another with 503, so that an
 * action that is in the middle of its work fails though nothing is wrong, and a task that failed is never taken up again. One
 * that was left stays open as after a kill: another replica, or the next start, finishes it.
 *
 * @returns what wraps an action.
 */
export function leaveToNextStart(
  lifecycle: Pick<RootLifecycleService, 'addBeforeShutdownHook'>,
) {
  let isStopping = false;
  lifecycle.addBeforeShutdownHook(() => {
    isStopping = true;
  });
  return <
    C extends { readonly logger: Pick<LoggerService, 'warn'> },
    A extends Handled<C>,
  >(
    action: A & Handled<C>,
  ): A => ({
    ...action,
    async handler(context: C) {
      try {
        await action.handler(context);
      } catch (error) {
        if (!isStopping) throw error;
        context.logger.warn(
          'The portal stops; the task goes on where another one runs, or with the next start.',
        );
        // Its process ends.
        await new Promise<never>(() => undefined);
      }
    },
  });
}
