import type { LintProblem, LintRule } from './lint-rule';
import { fieldsAt, toFields, toList } from './workloads';
import type { Container, Workload } from './workloads';

/** What the baseline of the Pod Security Standards lets a container add. */
const baselineCapabilities = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/** A container that may do what the node may. */
export const privileged: LintRule = ({ workloads }) =>
  eachContainer(workloads, container => {
    const context = securityOf(container);
    const windows = toFields(context.windowsOptions);
    return context.privileged === true || windows.hostProcess === true
      ? {
          code: 'PRIVILEGED',
          severity: 'error',
          message: `container ${container.name} is privileged: it may do whatever the node may`,
          hint: 'Remove privileged, and give it the one right that it needs.',
          path: [...container.path, 'securityContext'],
        }
      : undefined;
  });

/** A container with rights of the kernel that pods do not need. */
export const capabilityAdded: LintRule = ({ workloads }) =>
  eachContainer(workloads, container => {
    const added = toList(toFields(securityOf(container).capabilities).add)
      .map(String)
      .find(name => !baselineCapabilities.has(name.replace(/^CAP_/, '')));
    return added === undefined
      ? undefined
      : {
          code: 'CAPABILITY_ADDED',
          severity: 'error',
          message: `container ${container.name} adds the capability ${added}, which reaches beyond its pod`,
          hint: 'Remove it from capabilities.add.',
          path: [...container.path, 'securityContext', 'capabilities', 'add'],
        };
  });

/** A container that runs as root. */
export const runAsRoot: LintRule = ({ workloads }) =>
  eachContainer(workloads, (container, workload) => {
    const { runAsUser } = effective(container, workload);
    return runAsUser === 0
      ? {
          code: 'RUN_AS_ROOT',
          severity: 'error',
          message: `container ${container.name} runs as root: runAsUser is 0`,
          hint: 'Set runAsNonRoot: true and a runAsUser above 0.',
          path: userPath(container, workload),
        }
      : undefined;
  });

/** A container that runs as root where its image says nothing else. */
export const rootNotExcluded: LintRule = ({ workloads }) =>
  eachContainer(workloads, (container, workload) => {
    const { runAsUser, runAsNonRoot } = effective(container, workload);
    return runAsUser === undefined && runAsNonRoot !== true
      ? {
          code: 'ROOT_NOT_EXCLUDED',
          severity: 'warning',
          message: `container ${container.name} may run as root: nothing says runAsNonRoot`,
          hint: 'Set runAsNonRoot: true in the securityContext of the pod.',
          path: [...workload.podPath, 'securityContext'],
        }
      : undefined;
  });

/** A pod that reads or writes the node's own files. */
export const hostPath: LintRule = ({ workloads }) =>
  workloads.flatMap(({ object, pod, podPath }) =>
    toList(pod.volumes).flatMap((volume, index): LintProblem[] => {
      const { name, hostPath: host } = toFields(volume);
      if (host === undefined || host === null) return [];
      return [
        {
          code: 'HOST_PATH',
          severity: 'error',
          message: `the volume ${String(name)} is a hostPath, ${String(
            toFields(host).path,
          )} of the node`,
          hint: 'Use a claim, an emptyDir, a ConfigMap or a Secret.',
          on: object,
          path: [...podPath, 'volumes', index],
        },
      ];
    }),
  );

/** A pod that shares network, processes or memory with the node. */
export const hostNamespace: LintRule = ({ workloads }) =>
  workloads.flatMap(({ object, pod, podPath }) =>
    ['hostNetwork', 'hostPID', 'hostIPC']
      .filter(field => pod[field] === true)
      .map(field => ({
        code: 'HOST_NAMESPACE',
        severity: 'error',
        message: `it has ${field}, so that it shares it with the node`,
        hint: `Remove ${field}.`,
        on: object,
        path: [...podPath, field],
      })),
  );

function eachContainer(
  workloads: readonly Workload[],
  check: (container: Container, workload: Workload) => LintProblem | undefined,
): LintProblem[] {
  return workloads.flatMap(workload =>
    workload.containers.flatMap(container => {
      const problem = check(container, workload);
      return problem === undefined ? [] : [{ ...problem, on: workload.object }];
    }),
  );
}

function securityOf({ fields }: Container) {
  return toFields(fields.securityContext);
}

/** What a container does not say itself, its pod says. */
function effective(container: Container, { pod }: Workload) {
  return { ...toFields(pod.securityContext), ...securityOf(container) };
}

function userPath(container: Container, { podPath }: Workload) {
  const isOwn = 'runAsUser' in fieldsAt(container.fields, ['securityContext']);
  return [
    ...(isOwn ? container.path : podPath),
    'securityContext',
    'runAsUser',
  ];
}
