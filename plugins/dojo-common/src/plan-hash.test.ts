import { planHashSchema } from './plan-hash';

const hash = '0123456789abcdef'.repeat(4);

describe('planHashSchema', () => {
  it('takes 64 hexadecimal digits in lower case', () => {
    expect(planHashSchema.parse(hash)).toBe(hash);
  });

  it.each([
    '',
    'latest',
    hash.slice(1),
    `${hash}0`,
    `${hash}\n`,
    hash.toUpperCase(),
    `sha256:${hash}`,
    `g${hash.slice(1)}`,
  ])('refuses %j', written => {
    expect(planHashSchema.safeParse(written).error?.issues).toEqual([
      expect.objectContaining({
        message:
          'must be the planHash of a plan: 64 hexadecimal digits in lower case',
      }),
    ]);
  });
});
