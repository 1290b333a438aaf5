import { planHash } from './plan-hash';

describe('planHash', () => {
  it('is the SHA-256 of the canonical JSON', () => {
    // printf '{"a":"\xc3\xa9","b":1}' | sha256sum
    expect(planHash({ b: 1, a: 'é', c: undefined })).toBe(
      'aa58fba8483623bed37c1b02edfccbdd9a53123837c20bfa4cb4049993a2872e',
    );
  });

  it('differs where a value differs', () => {
    expect(planHash({ a: 1 })).not.toBe(planHash({ a: '1' }));
  });
});
