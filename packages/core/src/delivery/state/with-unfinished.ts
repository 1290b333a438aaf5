import type { ComponentFacts, ReleasedVersion } from '../facts';

/** As long as a release takes from its tag to the image's, where nothing tells that it still runs. Milliseconds. */
const takesMs = 60_000;

/**
 * The facts with what the newest release still lacks, by the names that release.md gives its effects: its tag is pushed
 * before the image gets the version, so that one whose image is not in the registry was cut in between. Older ones are not
 * finished by another run: their images are gone. Whether the forge shows the release is not known here. Pure and total.
 */
export function withUnfinished(facts: ComponentFacts): ComponentFacts {
  const { repository, runs } = facts;
  if (repository.kind !== 'repository') return facts;
  const [newest, ...older] = repository.releases;
  const isRunning = runs.some(
    ({ kind }) => kind === 'release' || kind === 'shipment',
  );
  if (newest === undefined || isRunning || !lacksImage(newest)) return facts;
  const unfinished = [`image tag ${newest.version}`];
  return {
    ...facts,
    repository: {
      ...repository,
      releases: [{ ...newest, unfinished }, ...older],
    },
  };
}

function lacksImage({ image, at }: ReleasedVersion): boolean {
  return (
    image.kind === 'digest' &&
    image.check === 'missing' &&
    image.checkedAt !== undefined &&
    Date.parse(image.checkedAt) - Date.parse(at) > takesMs
  );
}
