import type { GitIdentity, Outcome } from 'backstage-plugin-dojo-common';
import { settle } from '../effect/effect';
import type { Effect, Found } from '../effect/effect';
import type { Beginning } from '../repository/first-commit';
import type { DraftedRepository, PublishPorts } from './ports';
import { markIn } from './service-mark';
import { serviceErrors } from './service-errors';

/** What is published, and where. */
export interface PublishRequest {
  /** `file:savings.git` */
  readonly repository: string;
  /** Image layout that gets the image of the commit, `oci:images/savings`; absent: none does. */
  readonly image?: string;
  /** Folder whose files the repository begins with. */
  readonly folder: string;
  /** Message of the first commit. */
  readonly message: string;
  readonly author: GitIdentity;
}

/** How it was published. */
export interface Published {
  readonly repository: string;
  /** The first commit. */
  readonly commit: string;
  /** `before`: an earlier run made the repository. */
  readonly published: 'now' | 'before';
  /** One per effect, in order. */
  readonly effects: readonly Outcome[];
}

/** Options of {@link publishService}. */
export interface PublishOptions {
  readonly signal: AbortSignal;
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** `file:<name>.git`, directly in the forge: no folder of it can be a link to elsewhere. */
const repositoryPattern = /^file:([a-z0-9]+(?:[-._][a-z0-9]+)*)\.git$/;

/**
 * Makes a repository of a folder's files in a local forge, and the image of its commit as a CI would. Run again it finds
 * what is there: the same files, or the mark of the same service, are as planned; others are another's and stay.
 *
 * @throws DojoError SERVICE_REPOSITORY_INVALID, SERVICE_FILES_REFUSED, SERVICE_FILES_TOO_LARGE,
 * SERVICE_REPOSITORY_TAKEN, and what the ports throw.
 */
export async function publishService(
  request: PublishRequest,
  ports: PublishPorts,
  options: PublishOptions,
): Promise<Published> {
  const { repository, folder, message, author, image } = request;
  const [, service] = repositoryPattern.exec(repository) ?? [];
  if (service === undefined || service.length > 80) {
    throw serviceErrors.repositoryInvalid(repository);
  }
  const draft = await ports.forge.draft(
    repository,
    { folder, message, author, date: ports.clock.now() },
    options.signal,
  );
  try {
    let commit = draft.commit;
    const effects: Effect[] = [
      repositoryEffect(request, draft, ports, found => {
        commit = found;
      }),
    ];
    if (image !== undefined) {
      effects.push({
        key: `image ${image}`,
        find: async signal =>
          (await ports.images.find(image, commit, signal)) === undefined
            ? { kind: 'absent' }
            : { kind: 'as-planned' },
        async create(signal) {
          const facts = await ports.forge.readFacts(repository, commit, signal);
          const made = { service, commit, ...facts };
          await ports.images.make(image, made, signal);
        },
      });
    }
    const outcomes = await settle(effects, options);
    return {
      repository,
      commit,
      published: outcomes[0].kind === 'done' ? 'now' : 'before',
      effects: outcomes,
    };
  } finally {
    await draft.dispose();
  }
}

function repositoryEffect(
  { repository, message }: PublishRequest,
  draft: DraftedRepository,
  { forge }: PublishPorts,
  onFound: (commit: string) => void,
): Effect {
  return {
    key: `repository ${repository}`,
    async find(signal): Promise<Found> {
      const held = await forge.readBeginning(repository, signal);
      if (held === undefined) return { kind: 'absent' };
      const other = otherThan({ tree: draft.tree, message }, held);
      // Thrown, not told as a difference: the hint of a name that is taken is another one.
      if (other !== undefined) {
        throw serviceErrors.repositoryTaken(repository, other);
      }
      if (held.kind === 'commit') onFound(held.commit);
      return { kind: 'as-planned' };
    },
    async create() {
      // Where another run was first, what it made is read and compared.
      await draft.land();
    },
  };
}

/**
 * Why a repository is not the one that is planned; undefined where it is: it began with the same files, or with the mark of
 * the same service, whose template may have changed since.
 */
function otherThan(
  planned: { readonly tree: string; readonly message: string },
  held: Beginning,
): string | undefined {
  if (held.kind === 'empty') return 'it holds no commit';
  if (held.kind === 'grown') return 'it did not begin with this service';
  const mark = markIn(planned.message);
  if (mark !== undefined && mark === markIn(held.message)) return undefined;
  return held.tree === planned.tree ? undefined : 'it began with other files';
}
