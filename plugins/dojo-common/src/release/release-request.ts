import { z } from 'zod/v3';
import { semverPattern, withoutTagPrefix } from '../version';

/** A calendar day in UTC, `YYYY-MM-DD`. */
const dateSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 2026-11-22')
  .refine(
    day => {
      const parsed = new Date(`${day}T00:00:00Z`);
      return (
        !Number.isNaN(parsed.getTime()) &&
        parsed.toISOString().slice(0, 10) === day
      );
    },
    { message: 'must be a day of the calendar' },
  );

/** A path inside the repository: relative, forward slashes, no `..`, no option-like first character. */
const repositoryPathSchema = z
  .string()
  .max(512)
  .refine(
    path =>
      path !== '' &&
      !path.startsWith('/') &&
      !path.startsWith('-') &&
      !/[\\\0\r\n]/.test(path) &&
      path
        .split('/')
        .every(part => part !== '' && part !== '.' && part !== '..') &&
      !path.split('/').some(part => part.toLowerCase() === '.git'),
    { message: 'must be a relative path inside the repository' },
  );

const bumpWords = ['auto', 'major', 'minor', 'patch', 'prerelease'] as const;
/** What may stand before the version in the name of a tag; `git check-ref-format` allows all of it. */
const tagPrefixSchema = z
  .string()
  .max(100)
  .regex(
    /^(?:[A-Za-z0-9@](?:[A-Za-z0-9@_+-]|[./](?![./]))*)?$/,
    'must be what stands before the version in the tags, such as v or api-v',
  );

/** How commits bump: by their messages, by name, or to a given version. */
const bumpSchema = z
  .string()
  .transform(toBump)
  .pipe(
    z.union([
      z.enum(bumpWords),
      z
        .string()
        .regex(
          semverPattern,
          'must be auto, major, minor, patch, prerelease, or a version such as 1.2.3',
        ),
    ]),
  );

/**
 * What a person means who writes how to bump: `Major` is `major`, `v0.4.0` is `0.4.0`. Any other text stays as it is.
 *
 * @public
 */
export function toBump(text: string): string {
  const trimmed = text.trim();
  const word = trimmed.toLowerCase();
  return isBumpWord(word) ? word : withoutTagPrefix(trimmed);
}

/** Whether it is one of the ways to bump that have a name. @public */
export function isBumpWord(text: string): text is (typeof bumpWords)[number] {
  return bumpWords.some(word => word === text);
}

/** Whether it says how to bump: a word of {@link isBumpWord}, or a version. @public */
export function isBump(text: string): boolean {
  return isBumpWord(text) || semverPattern.test(text);
}

export const movingTagSchema = z.enum(['latest', 'major', 'major.minor']);

/** What a person may choose in a form, on the command line or from an agent; defaults as in docs/reference/actions.md. */
export const releaseChoicesSchema = z
  .object({
    branch: z
      .string()
      .min(1)
      .max(250)
      .optional()
      .describe(
        'Branch to release: a maintenance branch of the component; default: the branch that its releases come from',
      ),
    sourceTag: z
      .string()
      .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/, 'must be an image tag')
      .optional()
      .describe(
        'Tag of the image to promote; default: the full SHA of the released head',
      ),
    bump: bumpSchema
      .default('auto')
      .describe('auto, major, minor, patch, prerelease, or a version'),
    preid: z
      .string()
      .regex(
        /^[A-Za-z][0-9A-Za-z-]*$/,
        'must be letters, digits and hyphens, and begin with a letter',
      )
      .default('rc')
      .describe('Identifier of a pre-release'),
    squash: z
      .enum(['title', 'body'])
      .default('title')
      .describe(
        'Of a squash merge: count its title, or the commits listed in its body',
      ),
    versionFiles: z
      .array(repositoryPathSchema)
      .refine(paths => paths.length < 2 || !paths.includes('none'), {
        message: 'none stands alone',
      })
      .optional()
      .describe(
        'Files that hold the version, or none alone; default: those of package.json, pyproject.toml, Cargo.toml, Chart.yaml, VERSION that exist',
      ),
    changelog: z
      .union([z.literal('none'), repositoryPathSchema])
      .default('CHANGELOG.md')
      .describe('Path of the changelog, or none'),
    date: dateSchema
      .optional()
      .describe(
        'Day of the release; default: today in UTC. A reviewed plan sends its own',
      ),
    movingTags: z
      .array(movingTagSchema)
      .default([])
      .describe('Image tags that follow the highest stable version'),
    forgeRelease: z
      .enum(['auto', 'none'])
      .default('auto')
      .describe('Whether to publish a release on the forge'),
  })
  .strict();

/** As written, before defaults. */
export type ReleaseChoicesInput = z.input<typeof releaseChoicesSchema>;
export type ReleaseChoices = z.output<typeof releaseChoicesSchema>;

/** The engine's request: where, and the choices. In Backstage the first five come from the component's annotations. */
export const releaseRequestSchema = releaseChoicesSchema
  .extend({
    repository: z.string().min(1).describe('URL or path of the git repository'),
    releaseBranch: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Branch that releases come from: what another branch holds beyond it is told; default: the remote's HEAD",
      ),
    maintenance: z
      .string()
      .max(200)
      .optional()
      .describe(
        'Pattern of the other branches that may be released, such as release/*; default: any, empty: none',
      ),
    image: z
      .string()
      .min(1)
      .optional()
      .describe('Image repository, such as ghcr.io/acme/ledger; default: none'),
    tagPrefix: tagPrefixSchema
      .optional()
      .describe(
        'What stands before the version in the tags, such as v or api-v; default: that of the newest version tag',
      ),
    path: z
      .string()
      .transform(path => path.replace(/^\.\//, '').replace(/\/$/, ''))
      .pipe(repositoryPathSchema)
      .optional()
      .describe(
        'Folder of one component of several: only commits that touch it count; version files, changelog and tags are its own',
      ),
  })
  .strict();

export type ReleaseRequestInput = z.input<typeof releaseRequestSchema>;
export type ReleaseRequest = z.output<typeof releaseRequestSchema>;
