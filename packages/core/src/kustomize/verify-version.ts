import { kustomizeErrors } from './kustomize-errors';

/** The oldest kustomize that renders as the one of today. */
export const leastKustomizeVersion = '5.0.0';

/** Its version in what `kustomize version` or `kubectl version --client --output=json` prints; undefined: it tells none. */
export function parseKustomizeVersion(printed: string): string | undefined {
  const named = /"kustomizeVersion":\s*"v?([^"]+)"/.exec(printed)?.[1];
  const plain =
    /^(?:\{?Version:)?(?:kustomize\/)?v?(\d+\.\d+\.\d+[^\s"}]*)/.exec(
      printed.trim(),
    )?.[1];
  return named ?? plain;
}

/** @throws DojoError KUSTOMIZE_TOO_OLD, also where it tells no version: kubectl did not before it held kustomize 4. */
export function verifyVersion(
  command: string,
  version: string | undefined,
): void {
  const major = Number(/^(\d+)\./.exec(version ?? '')?.[1] ?? '0');
  // One that was built from its sources has no version of its own.
  if (version !== undefined && /^\(?devel\)?/.test(version)) return;
  if (major < Number(leastKustomizeVersion.split('.')[0])) {
    throw kustomizeErrors.tooOld(
      command,
      version ?? 'of unknown version',
      leastKustomizeVersion,
    );
  }
}
