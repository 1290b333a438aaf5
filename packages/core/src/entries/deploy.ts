/**
 * The deploy engine, rendering, lint, health and diffs of objects, and the adapters for kustomize, for clusters and for
 * folders of this machine.
 *
 * @packageDocumentation
 */
export { deploy } from '../deploy/deploy';
export type { DeployOptions } from '../deploy/deploy';
export { onlySourceOf } from '../deploy/deployment-policy';
export type { DeploymentPolicy } from '../deploy/deployment-policy';
export { frozenUntil, parseFreezeWindow } from '../deploy/freeze/freeze-window';
export type { FreezeWindow, Frozen } from '../deploy/freeze/freeze-window';
export { assessObjects } from '../deploy/health/assess-objects';
export { computeHealth } from '../deploy/health/compute-health';
export type { Health } from '../deploy/health/health';
export { createHealthContext } from '../deploy/health/health-context';
export type { HealthContext } from '../deploy/health/health-context';
export { parseReference } from '../deploy/kustomization/parse-reference';
export { lintObjects } from '../deploy/lint/lint-objects';
export type { LintContext } from '../deploy/lint/lint-rule';
export { describeObjectDiffs } from '../deploy/objects/describe-object-diff';
export { diffObjects } from '../deploy/objects/diff-objects';
export type { DiffLimits } from '../deploy/objects/diff-objects';
export type { KubernetesObject } from '../cluster/kubernetes-object';
export { parseObjects } from '../deploy/objects/parse-objects';
export { hostsInUse } from '../deploy/observe/hosts-in-use';
export type { HostInUse } from '../deploy/observe/hosts-in-use';
export { OpenBases } from '../deploy/observe/open-bases';
export type {
  BaseRepository,
  DeployPorts,
  FileSource,
  ImageDigests,
  InfraRepository,
  Kustomize,
  OpenBase,
  SourceCluster,
} from '../deploy/ports';
export { observeLandings } from '../deploy/landings/observe-landings';
export type {
  ComponentLandings,
  LandingComponent,
  LandingOptions,
  LandingRequest,
  Landings,
} from '../deploy/landings/landings';
export { closeRequest } from '../deploy/close-request';
export type { CloseRequestOptions } from '../deploy/close-request';
export { mergeDeployment } from '../deploy/merge-deployment';
export type { MergeDeploymentOptions } from '../deploy/merge-deployment';
export { formatNoteLine, notesRef, parseNote } from '../deploy/notes/note-line';
export { parseQuantity } from '../deploy/lint/quantity';
export { observeOverlays } from '../deploy/observe/observe-overlays';
export type { HeldPlaces } from '../deploy/observe/observe-overlays';
export { problemOfYaml } from '../deploy/yaml/problem-of-yaml';
export type { NoteLine } from '../deploy/notes/note-line';
export { findRejection } from '../deploy/notes/find-rejection';
export { rejectVersion } from '../deploy/notes/reject-version';
export type {
  RejectedVersion,
  RejectionRequest,
  RejectionRepository,
} from '../deploy/notes/reject-version';
export { rejectionIn } from '../deploy/notes/rejection';
export type { Rejection } from '../deploy/notes/rejection';
export { readPolicy } from '../deploy/read-policy';
export { readPortalUrl } from '../deploy/read-portal-url';
export { readComponent } from '../deploy/health/read-component';
export type { ReadComponent } from '../deploy/health/read-component';
// What a rollout, a controller and a cluster tell of a deployment.
export type {
  FailureCause,
  FailureCode,
} from '../deploy/rollout/failure-cause';
export { watchRollout } from '../deploy/rollout/watch-rollout';
export type {
  RolloutEnd,
  WatchRolloutOptions,
} from '../deploy/rollout/watch-rollout';
export { systemTimer } from '../local/system-timer';
export type { Timer } from '../plan/timer';
export { renderOverlay } from '../deploy/render';
export type { RenderOptions, Rendered } from '../deploy/render';
export { createKustomize } from '../kustomize/create-kustomize';
export type { KustomizeOptions } from '../kustomize/create-kustomize';
export { findWorkTree } from '../local/find-work-tree';
export { createFolderFiles } from '../local/folder-files';
// Clusters.
export type { Cluster } from '../cluster/cluster';
export { ClusterRefusal } from '../cluster/cluster-refusal';
export { openCluster } from '../kubernetes/open-cluster';
export type {
  ClusterSource,
  OpenClusterOptions,
} from '../kubernetes/open-cluster';
// What lives in an environment.
export { explainSilence } from '../deploy/live/explain-silence';
export { followLive } from '../deploy/live/follow-live';
export type { FollowLiveOptions } from '../deploy/live/follow-live';
export type { LiveCause } from '../deploy/live/live-cause';
export type { LiveFacts } from '../deploy/live/live-component';
export { readLiveLog } from '../deploy/live/read-live-log';
export type { LiveLog } from '../deploy/live/read-live-log';
export { noteSeenOutcome } from '../deploy/notes/note-seen-outcome';
