export type { Fault, FaultRule, LoggedRequest } from './faults/fault-plan';
export { FaultPlan } from './faults/fault-plan';
export type { Answer, FaultyServer } from './faults/serve';
export { serve } from './faults/serve';
export { pushImage } from './registry/push-image';
export type { PushedImage, PushImageOptions } from './registry/push-image';
export { registryAccount } from './registry/registry-account';
export { startRegistry } from './registry/start-registry';
export type {
  StartRegistryOptions,
  TestRegistry,
} from './registry/start-registry';
export { startTokenServer } from './registry/token-server';
export type { TokenServer } from './registry/token-server';
export { GithubContract } from './github/github-contract';
export type { Exchange } from './github/github-contract';
export type { GithubPull, PullToAdd } from './github/github-pulls';
export type { GithubRelease } from './github/github-releases';
export { githubTokens, startGithub } from './github/start-github';
export type { TestGithub } from './github/start-github';
export {
  addCommits,
  git,
  makeRepository,
  readRefs,
} from './git/make-repository';
export type { CommitToMake, RepositoryToMake } from './git/make-repository';
export { startGitServer } from './git/start-git-server';
export type {
  GitServer,
  GitServerOptions,
  GitServerRequest,
} from './git/start-git-server';
export { fleetName, makeFleet } from './fleet/make-fleet';
export type { FleetToMake } from './fleet/make-fleet';
export { freePort } from './free-port';
export { startPostgres } from './postgres/start-postgres';
export type { TestPostgres } from './postgres/start-postgres';
export { startKillProxy } from './kill-proxy';
export type { KillMoment, KillProxy } from './kill-proxy';
export { bundleDojo, startDojo } from './dojo-process';
export type { DojoExit, DojoProcess, StartDojoOptions } from './dojo-process';
export { kill, killTree } from './process-tree';
export { isFullSweep, sweepOf } from './sweep';
export type { SweepOptions } from './sweep';
export type { DuckdbReader, DatabaseAnswer } from './duckdb/duckdb-reader';
export {
  hardMigrations,
  hardQueries,
  writeMigrations,
} from './duckdb/hard-migrations';
export { holdDatabase, nodeDuckdb, runSql } from './duckdb/node-duckdb';
export type { DatabaseHold, RunSqlOptions } from './duckdb/node-duckdb';
export { runKilled } from './duckdb/run-killed';
export type { CommandToKill, Kill, KilledExit } from './duckdb/run-killed';
export { runOnDisk } from './duckdb/run-on-disk';
export type { Disk, DiskExit } from './duckdb/run-on-disk';
export { installPythonDuckdbs } from './duckdb/python-duckdb';
export { installRequirements } from './python/install-requirements';
export { kustomizeInputs, publishedModules } from './testbed-programs';
export type { KustomizeInput } from './testbed-programs';
export { startCluster } from './cluster/start-cluster';
export type { StartClusterOptions } from './cluster/start-cluster';
export type {
  CreateNamespaceOptions,
  TestCluster,
} from './cluster/test-cluster';
export type { NodeOptions } from './cluster/start-node';
export { ClusterAnswerError } from './cluster/admin-client';
export type { AuditEvent, AuditFilter, AuditLevel } from './cluster/audit-log';
export type { ClientIdentity, KeyPair } from './cluster/certificates';
export { startProcessNode } from './cluster/node/start-process-node';
export type {
  ProcessNode,
  ProcessNodeOptions,
} from './cluster/node/start-process-node';
export { folderProvisioner } from './cluster/node/volume-provisioner';
export { oomAnnotation } from './cluster/node/pod/pod-worker';
export type { Program } from './cluster/node/container/container-command';
export type { Pull, PullProblem } from './cluster/node/container/pull-image';
export { startGitlab } from './gitlab/start-gitlab';
export type { TestGitlab } from './gitlab/start-gitlab';
