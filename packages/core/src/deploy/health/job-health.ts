import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { current, failed, inProgress } from './health';
import type { Health } from './health';
import {
  conditionThat,
  conditionsOf,
  countAt,
  textAt,
  valueAt,
} from './object-fields';

/**
 * A Job. Other than kstatus: one that runs is in progress, so that what waits for a migration waits for its end. A
 * condition counts only where its status is True.
 */
export function jobHealth(job: KubernetesObject): Health {
  const conditions = conditionsOf(job);
  const count = (field: string) => countAt(job, 'status', field) ?? 0;
  const parallel = countAt(job, 'spec', 'parallelism') ?? 1;
  const wanted = countAt(job, 'spec', 'completions') ?? parallel;
  if (conditionThat(conditions, 'Complete', 'True')) {
    return current(
      'JobComplete',
      `the job is done: ${count('succeeded')} of ${wanted} pods succeeded`,
    );
  }
  const over = conditionThat(conditions, 'Failed', 'True');
  if (over) {
    return failed(
      over.reason || 'JobFailed',
      `the job has failed: ${over.message || `${count('failed')} pods failed`}`,
    );
  }
  const suspended = conditionThat(conditions, 'Suspended', 'True');
  if (suspended && valueAt(job, 'spec', 'suspend') === true) {
    return current(
      'JobSuspended',
      'the job is suspended and not done: it runs once spec.suspend is false',
    );
  }
  const failing = conditionThat(conditions, 'FailureTarget', 'True');
  if (failing) {
    return inProgress(
      failing.reason || 'FailureTarget',
      `the job is about to fail: ${
        failing.message || 'its pods are being ended'
      }`,
    );
  }
  return textAt(job, 'status', 'startTime') === undefined
    ? inProgress('JobNotStarted', 'the job has not started')
    : inProgress(
        'JobRunning',
        `the job runs: ${count('active')} pods active, ${count(
          'succeeded',
        )} succeeded, ${count('failed')} failed`,
      );
}
