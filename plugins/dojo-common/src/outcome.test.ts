import { describeOutcome, firstUnsettled, Outcome } from './outcome';

const done: Outcome = { kind: 'done', key: 'refs main + v1.2.0' };
const already: Outcome = { kind: 'already-done', key: 'release v1.2.0' };
const waiting: Outcome = {
  kind: 'waiting',
  key: 'image ghcr.io/acme/ledger:1.2.0',
  detail: 'it is being built',
};
const failed: Outcome = {
  kind: 'failed',
  key: 'release v1.2.0',
  error: {
    code: 'FORGE_DENIED',
    kind: 'denied',
    message: 'release v1.2.0 is refused by github.com',
    hint: 'Check the token.',
  },
};
const notAttempted: Outcome = { kind: 'not-attempted', key: 'tag latest' };

describe('describeOutcome', () => {
  it.each([
    [done, 'done: refs main + v1.2.0'],
    [already, 'already-done: release v1.2.0'],
    [waiting, 'waiting: image ghcr.io/acme/ledger:1.2.0: it is being built'],
    [failed, 'failed: release v1.2.0: release v1.2.0 is refused by github.com'],
    [notAttempted, 'not-attempted: tag latest'],
  ])('says %j in one line', (outcome, line) => {
    expect(describeOutcome(outcome)).toBe(line);
  });
});

describe('firstUnsettled', () => {
  it.each([
    ['nothing to do', [], undefined],
    ['all done', [done, already], undefined],
    ['one that failed', [done, failed, notAttempted], failed],
    ['one that waits', [done, waiting, notAttempted], waiting],
    ['one that waits before one that failed', [waiting, failed], waiting],
    ['one that failed before one that waits', [failed, waiting], failed],
  ])('of %s', (_, effects, expected) => {
    expect(firstUnsettled(effects)).toBe(expected);
  });
});
