import {
  type DeploymentMergeResult,
  firstUnsettled,
} from 'backstage-plugin-dojo-common';
import {
  type DojoFailure,
  toDojoFailure,
  useDojoClient,
} from 'backstage-plugin-dojo-react';
import { useState } from 'react';

/** A merge, how far it is, and why it did not come about. */
export interface Merge {
  readonly isRunning: boolean;
  readonly failure?: Pick<DojoFailure, 'message' | 'hint'>;
  readonly run: () => void;
}

/** Merges the change that is shown, and no other. */
export function useMerge(options: {
  /** Entity ref. */
  readonly component: string;
  readonly waiting: DeploymentMergeResult;
  readonly onMerged: (result: DeploymentMergeResult) => void;
}): Merge {
  const { component, waiting, onMerged } = options;
  const client = useDojoClient();
  const [state, setState] = useState<Omit<Merge, 'run'>>({ isRunning: false });
  const run = () => {
    setState({ isRunning: true });
    const { environment, planHash } = waiting;
    client
      .mergeDeployment({ component, environment, planHash })
      .then(result => {
        const open = firstUnsettled(result.effects);
        if (open === undefined) {
          onMerged(result);
          return;
        }
        setState({
          isRunning: false,
          failure:
            open.kind === 'failed'
              ? { message: open.error.message, hint: open.error.hint }
              : { message: open.detail, hint: undefined },
        });
      })
      .catch(error =>
        setState({ isRunning: false, failure: toDojoFailure(error) }),
      );
  };
  return { ...state, run };
}
