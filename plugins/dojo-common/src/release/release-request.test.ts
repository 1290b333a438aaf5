import { migrationChoicesSchema } from '../migration/migration-request';
import { releaseChoicesSchema } from './release-request';

describe('releaseChoicesSchema', () => {
  it.each([
    ['auto', 'auto'],
    ['Major', 'major'],
    [' PATCH ', 'patch'],
    ['v0.4.0', '0.4.0'],
    ['V1.0.0-rc.1', '1.0.0-rc.1'],
    ['2.0.0', '2.0.0'],
  ])('takes the bump %j as %s', (written, bump) => {
    expect(releaseChoicesSchema.parse({ bump: written }).bump).toBe(bump);
  });

  it.each(['huge', 'v', 'v1', 'vmajor', ''])('refuses %j', bump => {
    expect(() => releaseChoicesSchema.parse({ bump })).toThrow(
      /must be auto, major, minor/,
    );
  });
});

describe('migrationChoicesSchema', () => {
  it('takes a version as its tag is written', () => {
    expect(migrationChoicesSchema.parse({ version: 'v0.4.0' }).version).toBe(
      '0.4.0',
    );
    expect(() => migrationChoicesSchema.parse({ version: 'v4' })).toThrow(
      /must be a semantic version/,
    );
  });
});
