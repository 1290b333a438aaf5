import { rejectionFieldsSchema } from './rejection-request';
import { summaryOfRejection } from './summary-of-rejection';

const rejection = {
  version: 'v0.4.1',
  by: 'user:default/ada',
  at: '2026-11-29T12:00:00.000Z',
  reason: 'wrong time zone value.',
};

describe('summaryOfRejection', () => {
  it.each([
    [
      'rejected',
      'ledger v0.4.1 was rejected: wrong time zone value. It cannot be chosen any more; a rollback to it still can.',
    ],
    ['planned', 'ledger v0.4.1 would be rejected: wrong time zone value.'],
    [
      'already-rejected',
      'ledger v0.4.1 was rejected by user:default/ada before: wrong time zone value. Nothing was done.',
    ],
  ] as const)('says of %s what came of it', (outcome, sentence) => {
    expect(
      summaryOfRejection('ledger', { outcome, commit: 'c1', rejection }),
    ).toBe(sentence);
  });
});

describe('rejectionFieldsSchema', () => {
  it('takes no reason that says nothing', () => {
    const fields = { version: 'v0.4.1', reason: ' \n ' };
    expect(rejectionFieldsSchema.safeParse(fields).success).toBe(false);
  });
});
