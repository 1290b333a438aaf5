import { canBeOneFile } from './canBeOneFile';

describe('canBeOneFile', () => {
  it.each([
    ['/d/{component}.db', '/d/{component}.db'],
    ['/d/{component}.db', '/D/{component}.DB'],
    // database-prod here, database there.
    ['/d/{component}.db', '/d/{component}-prod.db'],
    ['/d/{component}.db', '/d/prod-{component}.db'],
    ['/d/{namespace}/{component}.db', '/d/default/{component}.db'],
    ['/d/{component}/ledger.db', '/d/dev/{component}.db'],
    ['/d/{component}-{namespace}.db', '/d/{component}.db'],
  ])('says so of %s and %s', (one, other) => {
    expect(canBeOneFile(one, other)).toBe(true);
    expect(canBeOneFile(other, one)).toBe(true);
  });

  it.each([
    ['/dev/{component}.db', '/prod/{component}.db'],
    ['/d/{component}-dev.db', '/d/{component}-prod.db'],
    ['/d/{component}/dev.db', '/d/{component}/prod.db'],
    // A name has no slash, and no @.
    ['/d/{component}.db', '/d/{namespace}/{component}.db'],
    ['/d/{component}.db', '/d/{component}@prod.db'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(canBeOneFile(one, other)).toBe(false);
    expect(canBeOneFile(other, one)).toBe(false);
  });
});
