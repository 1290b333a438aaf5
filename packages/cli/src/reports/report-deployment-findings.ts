import type { DeploymentFinding } from 'backstage-plugin-dojo-common';

/** What lint has to say of rendered objects, as it comes: where, of what, what, and what to do. */
export function reportDeploymentFindings(
  findings: readonly DeploymentFinding[],
): string[] {
  return findings.flatMap(finding => [
    `${finding.severity}: ${placeOf(finding)}${finding.message} (${
      finding.code
    })`,
    ...(finding.hint === undefined ? [] : [`  ${finding.hint}`]),
  ]);
}

function placeOf({ file, line, object }: DeploymentFinding): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return [place, object]
    .filter(part => part !== undefined)
    .map(part => `${part}: `)
    .join('');
}
