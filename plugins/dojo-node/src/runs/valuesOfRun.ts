import type { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import type { TemplateVerb } from 'dojo-portal-core/delivery';
import type { StartRunRequest } from './Runs';

/** What the plan adds to the values of a template, as its review field does in the form. */
export type ReviewedRun = {
  readonly planHash: string;
  readonly version?: string;
  /** Day of a release, YYYY-MM-DD. */
  readonly date?: string;
  /** Commit that a release was planned on. */
  readonly base?: string;
  /** Commit that had last changed the overlay. */
  readonly since?: string;
  /** The sentence that names the task. */
  readonly what?: string;
};

/** What a form of the scaffolder sends. */
type TemplateValues = Parameters<ScaffolderService['scaffold']>[0]['values'];

/** Which of the suite's templates carries it out. */
export function templateOf(request: StartRunRequest): TemplateVerb {
  if (request.verb === 'release') return 'release';
  if (request.verb === 'deployment') return 'deploy';
  switch (request.operation) {
    case 'restore':
      return 'restore';
    case 'rebuild-caches':
      return 'rebuildCaches';
    default:
      return 'migrate';
  }
}

/** The values that its form would send: what was not chosen is not there. */
export function valuesOfRun(
  request: StartRunRequest,
  component: string,
  reviewed: ReviewedRun,
): TemplateValues {
  const review = withoutAbsent({ ...reviewed });
  switch (request.verb) {
    case 'release':
      return withoutAbsent({
        component,
        branch: request.branch,
        bump: request.bump ?? 'auto',
        review,
      });
    case 'migration':
      return withoutAbsent({
        component,
        environment: request.environment,
        version: request.version,
        backup: request.backup,
        review,
      });
    default:
      return withoutAbsent({
        component,
        environment: request.environment,
        ...intentOf(request),
        review,
      });
  }
}

function intentOf({
  version,
  promoteFrom,
  rollbackTo,
}: Extract<StartRunRequest, { verb: 'deployment' }>) {
  if (promoteFrom !== undefined) return { intent: 'promote', promoteFrom };
  if (rollbackTo !== undefined) return { intent: 'rollback', rollbackTo };
  return { intent: 'version', version };
}

function withoutAbsent(values: object): TemplateValues {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  );
}
