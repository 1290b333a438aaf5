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

/** A merge, or the end of a change that waits: how far it is, and why it did not come about. */
export interface Merge {
  /** Which of the two runs; absent: none does. */
  readonly running?: 'merge' | 'close';
  readonly failure?: Pick<DojoFailure, 'message' | 'hint'> & {
    readonly of: 'merge' | 'close';
  };
  readonly run: (what: 'merge' | 'close') => void;
}

/** Merges the change that is shown, or takes it back, and no other. */
export function useMerge(options: {
  /** Entity ref. */
  readonly component: string;
  readonly waiting: DeploymentMergeResult;
  readonly onMerged: (result: DeploymentMergeResult) => void;
}): Merge {
  const { component, waiting, onMerged } = options;
  const client = useDojoClient();
  const [state, setState] = useState<Omit<Merge, 'run'>>({});
  const run = (what: 'merge' | 'close') => {
    setState({ running: what });
    const { environment, planHash } = waiting;
    const change = { component, environment, planHash };
    const ended =
      what === 'merge'
        ? client.mergeDeployment(change)
        : client.closeDeployment(change);
    ended
      .then(result => {
        const open = firstUnsettled(result.effects);
        if (open === undefined) {
          onMerged(result);
          return;
        }
        setState({
          failure:
            open.kind === 'failed'
              ? { of: what, message: open.error.message, hint: open.error.hint }
              : { of: what, message: open.detail, hint: undefined },
        });
      })
      .catch(error =>
        setState({ failure: { of: what, ...toDojoFailure(error) } }),
      );
  };
  return { ...state, run };
}
