import { sentenceOfFinding } from 'backstage-plugin-dojo-common';
import type { MigrationFinding } from 'backstage-plugin-dojo-common';

const order = { error: 0, warning: 1, note: 2 } as const;

/** What preflight and lint have to say, errors first: where, what, and what to write instead. */
export function reportFindings(
  findings: readonly MigrationFinding[],
): string[] {
  return [...findings]
    .sort((a, b) => order[a.severity] - order[b.severity])
    .flatMap(finding => [
      `${finding.severity}: ${sentenceOfFinding(finding)} (${finding.code})`,
      ...(finding.hint ?? '')
        .split('\n')
        .filter(line => line !== '')
        .map(line => `  ${line}`),
    ]);
}
