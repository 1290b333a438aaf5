/** What a reader should know of the figures. */
import { machineLine } from '../shared/write-section.mjs';

/** @param measured `[count of objects, results of benchSize]` of each size. */
export function noteOf(measured, { rounds, sizes }) {
  const command = `\`node bench/deploy/run.mjs --rounds ${rounds} --sizes ${sizes} --write\``;
  return [
    `${command} on ${machineLine(
      'Kubernetes 1.36.3',
      'Helm 4.3.2',
    )}. Medians. One control plane, a namespace and an administrator for each tool; calls from the audit log. A Deployment, a Service, a claim and ConfigMaps; a change is another image, waited for until it runs. Its pod has a readiness probe (a command that ends well at once), as what anybody ships has one; without a probe dojo waits three seconds on purpose, since such a container counts as ready before it has done anything. What dojo needs beside the cluster is in its figure: the history of the overlay and the base from git, kustomize, one commit, its push, and a note of how it ended. The other two do none of that.`,
    `The bound is fewer calls and less time than both. Calls without a change: one list a kind by the label of the set; what is proven from it to be as it is applied is not tried. Calls with a change of one object: these lists, the namespace, a dry run and an apply of that object, one watch of the Deployment, and the end of the record, at every size; one more where a list has two pages, and three more (ReplicaSet, Pod and Event, to say why) where the Deployment has not come up after 600 ms. kubectl applies each object, and cannot say why a pod does not come up. ${whereSlower(
      measured,
    )}`,
  ].join('\n\n');
}

/** Where the bound on time does not hold, by the very figures. */
function whereSlower(measured) {
  const slower = measured.flatMap(([count, [dojo, ...others]]) =>
    ['change', 'noop'].flatMap(kind =>
      others
        .filter(other => other[kind].ms < dojo[kind].ms)
        .map(({ name }) => {
          const change = kind === 'change' ? 'with a change' : 'without one';
          return `${name} ${change} of ${count.toLocaleString('en')} objects`;
        }),
    ),
  );
  return slower.length === 0
    ? 'Dojo takes less time than both at every size.'
    : `Dojo takes longer than these: ${slower.join(
        '; ',
      )}. In all other lines it takes less time.`;
}
