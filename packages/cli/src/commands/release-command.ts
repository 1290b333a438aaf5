import { Command } from 'commander';
import {
  describeOutcome,
  parseInput,
  planHashSchema,
  releaseRequestSchema,
  versionSchema,
} from 'backstage-plugin-dojo-common';
import type { ReleaseRequestInput } from 'backstage-plugin-dojo-common';
import { release } from 'dojo-portal-core/release';
import type { CommandContext } from '../command-context';
import type { CommandDefinition } from '../command-definition';
import { exitCodeOfResult } from '../exit-code';
import { releasePorts } from '../ports/release-ports';
import { reportRelease } from '../reports/report-release';
import { terminalText } from '../reports/terminal-text';

/** The request, and the flags beside it: all that is wrong with them is told at once. */
const wishesSchema = releaseRequestSchema.extend({
  planHash: planHashSchema.optional(),
  abandon: versionSchema.optional(),
});
type Wishes = ReleaseRequestInput & Pick<ReleaseFlags, 'planHash' | 'abandon'>;

interface ReleaseFlags {
  readonly repository: string;
  readonly branch?: string;
  readonly image?: string;
  readonly tagPrefix?: string;
  readonly path?: string;
  readonly sourceTag?: string;
  readonly bump?: string;
  readonly preid?: string;
  readonly squash?: string;
  readonly versionFile?: string[];
  readonly changelog?: string;
  readonly date?: string;
  readonly movingTag?: string[];
  readonly forgeRelease?: string;
  readonly dryRun?: boolean;
  readonly planHash?: string;
  readonly abandon?: string;
  readonly json?: boolean;
}

/** `dojo release`. */
export const releaseCommand: CommandDefinition = {
  make: makeReleaseCommand,
  whenStopped: 'what is done stays done, run it again to finish',
};

function makeReleaseCommand(
  context: CommandContext,
  exit: (code: number) => void,
): Command {
  const command = new Command('release')
    .description(
      'Turn the commits since the last version into a version, notes, a tag, a promoted image and a forge release',
    )
    .requiredOption(
      '--repository <url|path>',
      'git repository: https, ssh, file: or a local bare repository',
    )
    .option('--branch <name>', "branch to release (default: the remote's HEAD)")
    .option('--image <repository>', 'image repository to promote, without tag')
    .option(
      '--tag-prefix <prefix>',
      'what stands before the version in the tags (default: as in the newest version tag)',
    )
    .option(
      '--path <folder>',
      'folder of one component: only commits that touch it count; version files, changelog and tags are its own',
    )
    .option(
      '--source-tag <tag>',
      'tag of the image to promote (default: SHA of the released head)',
    )
    .option(
      '--bump <how>',
      'auto, major, minor, patch, prerelease, or a version (default: auto)',
    )
    .option('--preid <id>', 'identifier of a pre-release (default: rc)')
    .option(
      '--squash <what>',
      'of a squash merge count: title or body (default: title)',
    )
    .option(
      '--version-file <path...>',
      'files that hold the version, or none (default: the well-known ones that exist)',
    )
    .option('--changelog <path>', 'changelog, or none (default: CHANGELOG.md)')
    .option(
      '--date <day>',
      'day of the release, YYYY-MM-DD (default: today, UTC)',
    )
    .option(
      '--moving-tag <tag...>',
      'image tags that follow: latest, major, major.minor',
    )
    .option('--forge-release <how>', 'auto or none (default: auto)')
    .option('--dry-run', 'show the plan and write nothing')
    .option(
      '--plan-hash <hash>',
      'release only if the plan still has this hash',
    )
    .option('--abandon <version>', 'give up what this version left open')
    .option('--json', 'print plan and outcomes as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  dojo release --repository https://github.com/acme/ledger.git --dry-run',
    )
    .action(async (flags: ReleaseFlags) =>
      exit(await runRelease(flags, context)),
    );
  return command;
}

async function runRelease(
  flags: ReleaseFlags,
  context: CommandContext,
): Promise<number> {
  const { planHash, abandon, ...request } = parseInput(
    wishesSchema,
    wishesOf(flags),
    'dojo release',
  );
  const ports = await releasePorts(context, request.image);
  const log = (line: string) => context.stderr.write(terminalText(`${line}\n`));
  const result = await release(request, ports, {
    signal: context.signal,
    dryRun: flags.dryRun ?? false,
    ...(planHash !== undefined && { planHash }),
    ...(abandon !== undefined && { abandon }),
    log,
    onOutcome: outcome => log(describeOutcome(outcome)),
  });
  context.stdout.write(
    flags.json
      ? `${JSON.stringify(result, null, 2)}\n`
      : terminalText(reportRelease(result)),
  );
  return exitCodeOfResult(result);
}

/** The schema judges the values; here flags only get the names that it knows. */
function wishesOf(flags: ReleaseFlags): Wishes {
  const { versionFile, movingTag, dryRun, json, ...same } = flags;
  return {
    ...same,
    ...(versionFile && { versionFiles: versionFile }),
    ...(movingTag && { movingTags: movingTag }),
  } as Wishes;
}
