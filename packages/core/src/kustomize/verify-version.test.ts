import { failureOf } from '../deploy/__testUtils__/failure-of';
import { parseKustomizeVersion, verifyVersion } from './verify-version';

describe('parseKustomizeVersion', () => {
  it.each([
    ['v5.5.0\n', '5.5.0'],
    ['{Version:kustomize/v4.5.7 GitCommit:56d82a8 BuildDate:2022}', '4.5.7'],
    [
      '{\n  "clientVersion": {"gitVersion": "v1.32.4"},\n  "kustomizeVersion": "v5.5.0"\n}',
      '5.5.0',
    ],
    ['(devel)', undefined],
    ['{"clientVersion": {"gitVersion": "v1.19.0"}}', undefined],
  ])('reads %j', (printed, version) => {
    expect(parseKustomizeVersion(printed)).toBe(version);
  });
});

describe('verifyVersion', () => {
  it.each(['5.0.0', '5.7.1', '10.0.0'])('takes %s', version => {
    expect(() => verifyVersion('k', version)).not.toThrow();
  });

  it.each(['4.5.7', undefined])('refuses %s', async version => {
    expect(
      await failureOf(() => verifyVersion('/usr/bin/k', version)),
    ).toContain('KUSTOMIZE_TOO_OLD: /usr/bin/k has kustomize ');
  });
});
