import {
  executedRelease,
  nothingToRelease,
  plannedRelease,
  releaseToFinish,
} from '../testUtils';
import { summaryOfRelease } from './summary-of-release';

const component = { name: 'ledger' };

describe('summaryOfRelease', () => {
  it('names the component, the version, its tag and its commit', () => {
    expect(summaryOfRelease(executedRelease('released'), component)).toBe(
      'ledger 0.4.0 was released: tag `v0.4.0` at `c04f1a9`.',
    );
  });

  it('says that an earlier run released it', () => {
    const again = executedRelease('released');
    again.plan.kind = 'already-released';
    expect(summaryOfRelease(again, component)).toBe(
      '0.4.0 was released by an earlier run; nothing was done. Its tag is `v0.4.0`.',
    );
    again.effects = [{ kind: 'done', key: 'forge release v0.4.0' }];
    expect(summaryOfRelease(again, component)).toBe(
      '0.4.0 was released by an earlier run; this run finished what was left. Its tag is `v0.4.0`.',
    );
  });

  it('says that there is nothing to release', () => {
    expect(
      summaryOfRelease({ ...nothingToRelease(), version: '0.4.0' }, component),
    ).toBe(
      'Nothing to release: ledger 0.4.0 is the newest release. Nothing was done.',
    );
    expect(
      summaryOfRelease(
        { ...nothingToRelease('none'), version: undefined },
        component,
      ),
    ).toBe('Nothing to release: ledger has no release yet. Nothing was done.');
  });

  it('says that a failed one is to be run again', () => {
    expect(summaryOfRelease(executedRelease('failed'), component)).toBe(
      'The release of ledger 0.4.0 is not finished: run it again.',
    );
  });

  describe('when it is a dry run', () => {
    it('says what would be released, and names no commit', () => {
      expect(summaryOfRelease(plannedRelease(), component)).toBe(
        'Dry run: ledger 0.4.0 would be released as tag `v0.4.0`. Nothing was written.',
      );
      expect(summaryOfRelease(releaseToFinish(), component)).toBe(
        'Dry run: release 0.4.0 of ledger would be finished. Nothing was written.',
      );
    });
  });
});
