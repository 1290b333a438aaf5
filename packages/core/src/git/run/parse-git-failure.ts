import type { DojoError } from 'backstage-plugin-dojo-common';
import { mayCarryCredentials } from '../../http/may-carry-credentials';
import { redactSecrets } from '../../text/redact-secrets';
import { toPrintable } from '../../text/to-printable';
import { gitErrors } from '../git-errors';
import type { GitOutput } from './run-git';

/** What a failure is told with. */
export interface GitFailureContext {
  readonly verb: string;
  readonly repository: string;
  readonly secrets: readonly string[];
  /** Where a token for a host is given; default: under `integrations` of the portal. */
  readonly tokenHint?: string;
}

const rules: readonly [
  RegExp,
  (context: GitFailureContext, said: string) => DojoError,
][] = [
  [/dubious ownership/, c => gitErrors.foreignOwner(c.repository)],
  [
    /returned error: 30\d|unable to update url base from redirection/,
    c => gitErrors.redirected(c.repository),
  ],
  [
    /Authentication failed|could not read (?:Username|Password)|returned error: 40[13]|Permission denied|HTTP Basic: Access denied|Host key verification failed/i,
    (c, said) => {
      const host = hostWithoutToken(c);
      return host === undefined
        ? gitErrors.denied(c.repository, said)
        : gitErrors.tokenMissing(host, c.tokenHint);
    },
  ],
  [
    // Protocol 0 refuses so what no ref names, and every protocol what was removed since the refs were read.
    /request for unadvertised object|not our ref/,
    c => gitErrors.objectMissing(c.repository, 'an object by its id'),
  ],
  [
    /returned error: 404|repository '.*' not found|Repository not found|does not appear to be a git repository|repository .* does not exist|not a git repository/i,
    c => gitErrors.notFound(c.repository),
  ],
  [
    /Could not resolve|Failed to connect|Connection refused|Connection reset|timed out|unable to access|hung up|early EOF|RPC failed|Empty reply|unexpected disconnect/i,
    (c, said) => gitErrors.unavailable(c.repository, said),
  ],
];

/** Translates what git said on its way out, once, without the secrets. */
export function parseGitFailure(
  output: Pick<GitOutput, 'stderr'>,
  context: GitFailureContext,
): DojoError {
  const said = saidBy(output.stderr, context.secrets);
  const rule = rules.find(([pattern]) => pattern.test(output.stderr));
  return rule
    ? rule[1](context, said)
    : gitErrors.failed(context.repository, context.verb, said);
}

/** The host that was asked by nobody in particular; where a token would not have been sent, it is not what is missing. */
function hostWithoutToken({
  repository,
  secrets,
}: GitFailureContext): string | undefined {
  if (secrets.length > 0 || !URL.canParse(repository)) return undefined;
  const url = new URL(repository);
  return mayCarryCredentials(url) ? url.host : undefined;
}

/** Git's lines, and those of ssh, which git only follows with "Could not read from remote repository". */
const tellingLine =
  /^(?:fatal|error|ssh): |Permission denied \(|^Host key verification failed/;

/** Git's own words in one printable line: those that tell, else the last one. */
export function saidBy(stderr: string, secrets: readonly string[]): string {
  const lines = redactSecrets(stderr, secrets)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
  const telling = lines.filter(line => tellingLine.test(line));
  const chosen = telling.length > 0 ? telling : lines.slice(-1);
  return toPrintable(chosen.join('; ').replace(/(?:fatal|error): /g, ''));
}

/** What the server's hooks said (`remote: …`), else the reason in parentheses of a rejected ref. */
export function saidByRemote(
  output: GitOutput,
  secrets: readonly string[],
): string {
  const remote = redactSecrets(output.stderr, secrets)
    .split('\n')
    .filter(line => line.startsWith('remote: '))
    .map(line => line.slice('remote: '.length).trim())
    .filter(line => line !== '');
  const reason = /\[remote rejected\] \((.+)\)/.exec(
    `${output.stdout.toString('utf8')}\n${output.stderr}`,
  )?.[1];
  const words = [...remote, ...(reason ? [`(${reason})`] : [])];
  return toPrintable(redactSecrets(words.join(' '), secrets));
}
