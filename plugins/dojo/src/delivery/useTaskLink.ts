import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { taskRouteRef } from '../routes';

/** Makes the link to the page of a run; `undefined` where the run is no task, or the app has no page for one. */
export function useTaskLink(): (run: string | undefined) => string | undefined {
  const toTask = useRouteRef(taskRouteRef);
  return useCallback(
    run => {
      const [, taskId] = /^task:(.+)$/.exec(run ?? '') ?? [];
      return taskId && toTask ? toTask({ taskId }) : undefined;
    },
    [toTask],
  );
}
