import type { MigrationFinding } from 'backstage-plugin-dojo-common';

const order = { error: 0, warning: 1, note: 2 } as const;

/** What preflight and lint have to say, errors first: where, what, and what to write instead. */
export function reportFindings(
  findings: readonly MigrationFinding[],
): string[] {
  return [...findings]
    .sort((a, b) => order[a.severity] - order[b.severity])
    .flatMap(finding => [
      `${finding.severity}: ${placeOf(finding)}${finding.message} (${
        finding.code
      })`,
      ...(finding.hint ?? '')
        .split('\n')
        .filter(line => line !== '')
        .map(line => `  ${line}`),
    ]);
}

/** `0007_tags.sql:12: `, unless the message begins with it. */
function placeOf({ file, line, message }: MigrationFinding): string {
  if (file === undefined) return '';
  const place = line === undefined ? file : `${file}:${line}`;
  return message.startsWith(place) ? '' : `${place}: `;
}
