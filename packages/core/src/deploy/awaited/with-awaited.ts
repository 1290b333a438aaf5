import { awaitedCommit } from 'backstage-plugin-dojo-common';
import type {
  AwaitedRelease,
  DeploymentRequest,
} from 'backstage-plugin-dojo-common';
import { baseOf } from '../base-of';
import { deployErrors } from '../deploy-errors';
import type {
  BaseRepository,
  DeployPorts,
  FileSource,
  ImageDigests,
} from '../ports';

/**
 * The ports as they will be once a planned release is made, for a plan on top of it. What is there already is never
 * hidden: a tag or an image of that name is the real one. Reading a file that the release changes is refused
 * (DEPLOY_RELEASE_CHANGES_BASE): how it will be is not known here.
 */
export function withAwaited(
  ports: DeployPorts,
  request: DeploymentRequest,
): DeployPorts {
  const { awaited, version } = request;
  if (awaited === undefined || version === undefined) return ports;
  const { repository } = baseOf(request);
  return {
    ...ports,
    openBase: async (address, signal) => {
      const base = await ports.openBase(address, signal);
      return address === repository ? baseWith(base, version, awaited) : base;
    },
    openImage: name =>
      name === awaited.image?.repository
        ? imageWith(ports.openImage(name), awaited.image)
        : ports.openImage(name),
  };
}

function baseWith(
  base: BaseRepository,
  version: string,
  { head, edits = [] }: AwaitedRelease,
): BaseRepository {
  if (head === undefined) return base;
  const zeros = awaitedCommit(head);
  return {
    display: base.display,
    resolveTag: async (tag, signal) =>
      (await base.resolveTag(tag, signal)) ??
      (tag === version ? zeros : undefined),
    askAhead: (...asked) => base.askAhead?.(...asked),
    readMessage: (...asked) => base.readMessage(...asked),
    // Nothing was noted at a commit that is not there.
    readNotes: async (ref, objects, signal) => {
      const there = objects.filter(object => object !== zeros);
      const notes = await base.readNotes(ref, there, signal);
      const found = new Map(there.map((object, at) => [object, notes[at]]));
      return objects.map(object => found.get(object));
    },
    files: commit =>
      commit === zeros
        ? without(base.files(head), new Set(edits))
        : base.files(commit),
    dispose: () => base.dispose(),
  };
}

function without(files: FileSource, edits: ReadonlySet<string>): FileSource {
  return {
    async readFiles(paths, signal) {
      const edited = paths.find(path => edits.has(path));
      if (edited !== undefined) throw deployErrors.releaseChangesBase(edited);
      return files.readFiles(paths, signal);
    },
    listFiles: (...asked) => files.listFiles(...asked),
  };
}

function imageWith(
  image: ImageDigests,
  awaited: NonNullable<AwaitedRelease['image']>,
): ImageDigests {
  return {
    name: image.name,
    readManifest: async (reference, signal) =>
      (await image.readManifest(reference, signal)) ??
      (reference === awaited.tag ? { digest: awaited.digest } : undefined),
  };
}
