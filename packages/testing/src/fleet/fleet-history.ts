/** What {@link fleetHistory} makes. */
export interface FleetRepository {
  readonly name: string;
  /** Tags, `v0.1.0` the first; each has as many commits as are `commitsEach`. */
  readonly releases: number;
  readonly commitsEach: number;
  /** Commits after the last tag. */
  readonly waiting: number;
  /** Seconds since 1970 of its last commit. */
  readonly until: number;
  /** Seconds between two commits. */
  readonly every: number;
}

/** Subjects in turn: some count, some do not. */
const subjects = [
  'feat(accounts): keep one more thing',
  'fix(accounts): one thing less that goes wrong',
  'docs: say what it does',
  'chore: a newer tool',
];

/** Marks of the commits that tags are at are what `fast-import --export-marks` tells, by the number of the release. */
export const releaseMark = (release: number) => 1_000_000 + release;

/** The history of a service as a stream for `git fast-import`: one branch, annotated tags, one file changed a commit. */
export function* fleetHistory(wanted: FleetRepository): Generator<string> {
  const { name, releases, commitsEach, waiting, until, every } = wanted;
  const count = releases * commitsEach + waiting;
  for (let at = 1; at <= count; at += 1) {
    const release = at % commitsEach === 0 ? at / commitsEach : 0;
    const isTagged = release > 0 && release <= releases;
    const when = `${until - (count - at) * every} +0000`;
    const subject = `${subjects[at % subjects.length]} (#${at})`;
    const mark = isTagged ? releaseMark(release) : at;
    yield [
      'commit refs/heads/main',
      `mark :${mark}`,
      `committer Ada <ada@example.com> ${when}`,
      data(`${subject}\n`),
      'M 100644 inline src/main.txt',
      data(`${name} ${at}\n`),
      ...(isTagged
        ? [
            `tag v0.${release}.0`,
            `from :${mark}`,
            `tagger Ada <ada@example.com> ${when}`,
            data(`${name} 0.${release}.0\n`),
          ]
        : []),
      '',
    ].join('\n');
  }
}

/** One landing of a version in an overlay. */
export interface FleetLanding {
  readonly component: string;
  readonly environment: string;
  readonly tag: string;
  /** Commit of the tag. */
  readonly commit: string;
  /** Address of the base, without its ref. */
  readonly base: string;
  /** Seconds since 1970. */
  readonly at: number;
}

/** Overlays as the portal lands them, one commit each, oldest first, as a stream for `git fast-import`. */
export function* fleetLandings(
  landings: Iterable<FleetLanding>,
): Generator<string> {
  for (const { component, environment, tag, commit, base, at } of landings) {
    const message = [
      `deploy(${component}): ${environment} ${tag}`,
      '',
      `Dojo-Component: ${component}`,
      `Dojo-Environment: ${environment}`,
      `Dojo-Version: ${tag}`,
      `Dojo-Base: ${base}?ref=${commit}`,
      'Dojo-Requester: user:default/owner',
      `Dojo-Plan: ${commit}${'0'.repeat(24)}`,
      '',
    ].join('\n');
    yield [
      'commit refs/heads/main',
      `committer Ada <ada@example.com> ${at} +0000`,
      data(message),
      `M 100644 inline ${component}/${environment}/kustomization.yaml`,
      data(`resources:\n  - ${base}?ref=${commit} # ${tag}\n`),
      '',
    ].join('\n');
  }
}

/** One commit with these files, as a stream for `git fast-import`. */
export function fleetFiles(
  files: Readonly<Record<string, string>>,
  at: number,
): string[] {
  return [
    [
      'commit refs/heads/main',
      `committer Ada <ada@example.com> ${at} +0000`,
      data('chore: files\n'),
      ...Object.entries(files).flatMap(([path, text]) => [
        `M 100644 inline ${path}`,
        data(text),
      ]),
      '',
    ].join('\n'),
  ];
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}
