import {
  claimClassChanged,
  claimModesChanged,
  claimShrunk,
  claimSizeInvalid,
  claimSpecChanged,
} from './lint-changed-claims';
import {
  selectorChanged,
  selectorMismatch,
  statefulSetChanged,
} from './lint-changed-workloads';
import {
  claimMissing,
  claimRenamed,
  claimShared,
  claimUnknown,
  claimUnmounted,
  workloadMissing,
} from './lint-claims';
import { imageUnpinned, imageWithoutDigest } from './lint-images';
import { labelNotText, labelTooLong, nameTooLong } from './lint-names';
import {
  capabilityAdded,
  hostNamespace,
  hostPath,
  privileged,
  rootNotExcluded,
  runAsRoot,
} from './lint-pods';
import type { LintRule } from './lint-rule';
import {
  clusterScopedKind,
  namespaceForeign,
  namespaceMissing,
} from './lint-scope';
import {
  strategyLeftover,
  writerAutoscaled,
  writerReplicas,
  writerStrategy,
} from './lint-writers';

/** Every rule by the code of what it finds, in the order of docs/reference/deploy-lint.md. */
export const lintRules: ReadonlyMap<string, LintRule> = new Map([
  ['WORKLOAD_MISSING', workloadMissing],
  ['CLAIM_MISSING', claimMissing],
  ['CLAIM_RENAMED', claimRenamed],
  ['CLAIM_UNKNOWN', claimUnknown],
  ['CLAIM_UNMOUNTED', claimUnmounted],
  ['CLAIM_SHARED', claimShared],
  ['CLAIM_SIZE_INVALID', claimSizeInvalid],
  ['CLAIM_SHRUNK', claimShrunk],
  ['CLAIM_CLASS_CHANGED', claimClassChanged],
  ['CLAIM_MODES_CHANGED', claimModesChanged],
  ['CLAIM_SPEC_CHANGED', claimSpecChanged],
  ['WRITER_REPLICAS', writerReplicas],
  ['WRITER_STRATEGY', writerStrategy],
  ['WRITER_AUTOSCALED', writerAutoscaled],
  ['STRATEGY_LEFTOVER', strategyLeftover],
  ['SELECTOR_CHANGED', selectorChanged],
  ['SELECTOR_MISMATCH', selectorMismatch],
  ['STATEFULSET_CHANGED', statefulSetChanged],
  ['NAMESPACE_FOREIGN', namespaceForeign],
  ['NAMESPACE_MISSING', namespaceMissing],
  ['CLUSTER_SCOPED', clusterScopedKind],
  ['IMAGE_UNPINNED', imageUnpinned],
  ['IMAGE_WITHOUT_DIGEST', imageWithoutDigest],
  ['PRIVILEGED', privileged],
  ['CAPABILITY_ADDED', capabilityAdded],
  ['RUN_AS_ROOT', runAsRoot],
  ['ROOT_NOT_EXCLUDED', rootNotExcluded],
  ['HOST_PATH', hostPath],
  ['HOST_NAMESPACE', hostNamespace],
  ['NAME_TOO_LONG', nameTooLong],
  ['LABEL_TOO_LONG', labelTooLong],
  ['LABEL_NOT_TEXT', labelNotText],
]);
