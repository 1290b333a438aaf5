import {
  nothingToRelease,
  plannedRelease,
  releaseToFinish,
} from 'backstage-plugin-dojo-common/testUtils';
import { valueOf } from './valueOf';

describe('valueOf', () => {
  it('is the hash, version and date of a planned release', () => {
    const result = plannedRelease();

    expect(valueOf(result)).toEqual({
      planHash: result.planHash,
      version: '0.4.0',
      base: result.plan.decides.base,
      date: '2026-11-22',
    });
  });

  it('has no date where an older release is finished', () => {
    const result = releaseToFinish();

    expect(valueOf(result)).toEqual({
      planHash: result.planHash,
      version: '0.4.0',
      base: result.plan.decides.base,
    });
  });

  it('is absent where there is nothing to run', () => {
    expect(valueOf(nothingToRelease())).toBeUndefined();
  });
});
