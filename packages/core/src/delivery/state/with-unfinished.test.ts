import type { DeliveryRun } from 'backstage-plugin-dojo-common';
import type { ReleasedVersion } from '../facts';
import {
  ago,
  digest,
  release,
  sampleFacts,
} from '../__testUtils__/sample-facts';
import { withUnfinished } from './with-unfinished';

const image = (
  check: 'same' | 'missing' | 'differs' | 'unchecked',
  checkedAt?: string,
): ReleasedVersion['image'] => ({
  kind: 'digest',
  digest: digest('image'),
  check,
  ...(checkedAt !== undefined && { checkedAt }),
});
const tagged = ago({ minutes: 10 });
const looked = ago({ minutes: 2 });
const run = (kind: DeliveryRun['kind']): DeliveryRun => ({
  id: 'task:1',
  kind,
  via: 'page',
  startedAt: tagged,
  url: '/create/tasks/1',
});
const missing = release('0.4.0', {
  at: tagged,
  image: image('missing', looked),
});

function unfinishedOf(
  releases: readonly ReleasedVersion[],
  runs: readonly DeliveryRun[] = [],
) {
  const { repository } = withUnfinished({ ...sampleFacts({ releases }), runs });
  if (repository.kind !== 'repository') throw new Error('it is known');
  return repository.releases.map(({ unfinished }) => unfinished);
}

describe('withUnfinished', () => {
  it('names the tag that the image of the newest release has not got', () => {
    expect(unfinishedOf([missing])).toEqual([['image tag 0.4.0']]);
  });

  it.each([
    ['that is there', image('same', looked)],
    ['that nobody looked at', image('unchecked')],
    ['that is another one', image('differs', looked)],
    ['that was never promised', { kind: 'none' as const }],
    [
      'that was looked for while a release puts it there',
      image('missing', ago({ minutes: 9, seconds: 30 })),
    ],
  ])('names none of an image %s', (_what, held) => {
    expect(
      unfinishedOf([release('0.4.0', { at: tagged, image: held })]),
    ).toEqual([[]]);
  });

  it('names none of an older release: no run finishes that', () => {
    const newest = release('0.5.0', { image: image('same', looked) });
    expect(unfinishedOf([newest, missing])).toEqual([[], []]);
  });

  it.each(['release', 'shipment'] as const)(
    'waits for a %s that still runs, and for no other run',
    kind => {
      expect(unfinishedOf([missing], [run(kind)])).toEqual([[]]);
      expect(unfinishedOf([missing], [run('migration')])).toEqual([
        ['image tag 0.4.0'],
      ]);
    },
  );

  it('leaves alone what is not read', () => {
    const facts = {
      ...sampleFacts({ releases: [missing] }),
      repository: { kind: 'off' as const },
    };
    expect(withUnfinished(facts)).toBe(facts);
  });
});
