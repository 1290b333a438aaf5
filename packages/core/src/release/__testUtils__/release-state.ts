import type { NewestRelease, ReleaseState } from '../release-state';
import type {
  ObservedCommit,
  VersionTag,
} from '../../repository/repository-data';

/** The head that is released. */
export const base = 'a41d9e2'.padEnd(40, '0');

/** A commit whose OID begins with the digits. */
export function observedCommit(
  digits: string,
  message: string,
): ObservedCommit {
  return { oid: digits.padEnd(40, '0'), parents: ['f'.repeat(40)], message };
}

/** A version tag at a commit of one repeated digit. */
export function versionTag(version: string, digit = 'c'): VersionTag {
  return { name: `v${version}`, version, commit: digit.repeat(40) };
}

/** What tests change of {@link releaseState}; the rest is as a service with 0.3.0 and one feature since. */
export interface ReleaseStateOverrides
  extends Partial<Omit<ReleaseState, 'newest' | 'newestStable'>> {
  readonly newest?: string | undefined;
  readonly newestStable?: string;
  readonly release?: Partial<NewestRelease>;
  /** Messages of the commits since, newest first. */
  readonly messages?: readonly string[];
  /** Files at the base. */
  readonly texts?: readonly { readonly path: string; readonly text: string }[];
}

/** A state as observing would read it, for the tests of the pure half. */
export function releaseState(
  overrides: ReleaseStateOverrides = {},
): ReleaseState {
  const {
    messages = ['feat: x'],
    texts = [],
    release,
    newest: _,
    newestStable,
    ...rest
  } = overrides;
  const newest = 'newest' in overrides ? overrides.newest : '0.3.0';
  const stable = newestStable ?? newest;
  return {
    repository: 'file:ledger.git',
    branch: 'main',
    base,
    tagPrefix: 'v',
    versionTags: newest === undefined ? [] : [versionTag(newest)],
    ...(newest !== undefined && {
      newest: {
        tag: `v${newest}`,
        version: newest,
        commit: 'c'.repeat(40),
        notes: 'Old.',
        ...release,
      },
    }),
    ...(stable !== undefined && { newestStable: versionTag(stable) }),
    commits: messages.map((message, i) => observedCommit(`${i + 1}e`, message)),
    earlierCommits: [],
    files: texts.map(({ path, text }) => ({
      kind: 'text',
      path,
      oid: 'b'.repeat(40),
      mode: '100644',
      text,
    })),
    author: { name: 'Dojo Portal', email: 'dojo-portal@localhost' },
    today: '2026-11-20',
    warnings: [],
    ...rest,
  };
}
