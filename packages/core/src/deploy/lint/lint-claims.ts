import { definesObject } from './find-source';
import { claimsOf, mountedClaims, templateClaims } from './claims';
import type { LintProblem, LintRule, LintedObjects } from './lint-rule';
import { workloadsOf } from './workloads';

/** In a place that is known it would run without its data; a base alone may be made for an overlay that brings it. */
function severityIn({ environment, namespace }: LintedObjects) {
  return environment === undefined && namespace === undefined
    ? 'warning'
    : 'error';
}

/** Nothing runs in what was rendered. */
export const workloadMissing: LintRule = linted =>
  linted.isPrepared ||
  linted.objects.some(({ kind }) => /^(?:Deployment|StatefulSet)$/.test(kind))
    ? []
    : [
        {
          code: 'WORKLOAD_MISSING',
          severity: severityIn(linted),
          message:
            'the overlay renders no Deployment and no StatefulSet, so nothing would run',
          hint: 'Look at resources, and at patches that delete.',
        },
      ];

/** Nothing keeps data in what was rendered. */
export const claimMissing: LintRule = linted =>
  // What runs nothing yet gets its claim by the first deployment at the latest.
  linted.isPrepared ||
  claimsOf(linted.objects).length > 0 ||
  linted.workloads.some(one => templateClaims(one).length > 0)
    ? []
    : [
        {
          code: 'CLAIM_MISSING',
          severity: severityIn(linted),
          message:
            'the overlay renders no PersistentVolumeClaim, so its data would have no place',
          hint: 'For a first overlay give a storage size, such as 1Gi; in one that is there, add pvc.yaml with the claim to resources.',
        },
      ];

/** A pod mounts a claim that the render does not bring. */
export const claimUnknown: LintRule = linted => {
  const known = new Set(
    claimsOf(linted.objects).map(({ metadata }) => metadata.name),
  );
  return linted.workloads.flatMap(workload =>
    mountedClaims(workload)
      .filter(({ claim }) => !known.has(claim))
      .map(({ claim, path }): LintProblem => {
        const brought = [...known].join(', ') || 'none';
        return {
          code: 'CLAIM_UNKNOWN',
          severity: severityIn(linted),
          message: `it mounts the claim ${claim}, which the overlay does not render (${brought})`,
          hint: 'Add the claim to resources, or mount the one that is there.',
          on: workload.object,
          path,
        };
      }),
  );
};

/** A claim that nothing mounts: its workload lost it, or never had it. */
export const claimUnmounted: LintRule = linted => {
  const mounted = claimsMountedBy(linted.objects);
  const formerly = claimsMountedBy(linted.before ?? []);
  return claimsOf(linted.objects)
    .filter(({ metadata }) => !mounted.has(metadata.name))
    .filter(({ metadata }) => !linted.isPrepared || formerly.has(metadata.name))
    .map(claim => ({
      code: 'CLAIM_UNMOUNTED',
      severity: formerly.has(claim.metadata.name) ? 'error' : 'warning',
      message: formerly.has(claim.metadata.name)
        ? `the claim ${claim.metadata.name} was mounted, and is no more: what runs would begin without its data`
        : `no pod mounts the claim ${claim.metadata.name}`,
      hint: 'Mount it as a volume, or take it out of resources.',
      on: claim,
    }));
};

function claimsMountedBy(objects: LintedObjects['objects']): Set<string> {
  return new Set(
    workloadsOf(objects).flatMap(workload =>
      mountedClaims(workload).map(({ claim }) => claim),
    ),
  );
}

/** A claim with another name is another volume, an empty one. */
export const claimRenamed: LintRule = ({ objects, before, tree }) => {
  const claims = claimsOf(objects);
  const names = new Set(claims.map(({ metadata }) => metadata.name));
  const gone = claimsOf(before ?? []).filter(
    ({ metadata }) => !names.has(metadata.name),
  );
  if (gone.length > 0) {
    const now = [...names].join(', ') || 'none';
    return gone.map(claim => ({
      code: 'CLAIM_RENAMED',
      severity: 'error',
      message: `the claim ${claim.metadata.name} is there no more (now: ${now}); a claim of another name is an empty volume`,
      hint: `Give it back the name ${claim.metadata.name}; to begin empty, remove the environment and make it anew.`,
      ...(claims[0] && { on: claims[0] }),
    }));
  }
  if (tree === undefined) return [];
  return claims
    .filter(({ metadata }) => !(before ?? []).some(isNamed(metadata.name)))
    .filter(claim => !definesObject(tree, claim))
    .map(claim => ({
      code: 'CLAIM_RENAMED',
      severity: 'error',
      message: `the claim is called ${claim.metadata.name} only by a namePrefix, a nameSuffix or a patch; a claim of another name is an empty volume`,
      hint: 'Leave the claim its name: put namePrefix and nameSuffix into a kustomization that does not include it.',
      on: claim,
      path: ['metadata', 'name'],
    }));
};

function isNamed(name: string) {
  return ({ kind, metadata }: LintedObjects['objects'][number]) =>
    kind === 'PersistentVolumeClaim' && metadata.name === name;
}

/** Two workloads that write one claim. */
export const claimShared: LintRule = ({ workloads }) => {
  const writers = new Map<string, (typeof workloads)[number][]>();
  for (const workload of workloads) {
    for (const { claim, isReadOnly } of mountedClaims(workload)) {
      if (isReadOnly) continue;
      writers.set(claim, [...(writers.get(claim) ?? []), workload]);
    }
  }
  return [...writers].flatMap(([claim, [first, second]]) =>
    second === undefined
      ? []
      : [
          {
            code: 'CLAIM_SHARED',
            severity: 'warning' as const,
            message: `the claim ${claim} is also written by ${first.object.kind} ${first.object.metadata.name}`,
            hint: 'Mount it with readOnly: true where it is only read.',
            on: second.object,
          },
        ],
  );
};
