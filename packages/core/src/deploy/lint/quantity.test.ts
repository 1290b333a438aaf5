import fc from 'fast-check';
import { parseQuantity } from './quantity';

describe('parseQuantity', () => {
  it.each([
    ['5120Mi', '5Gi'],
    ['1Gi', '1073741824'],
    ['1G', '1000M'],
    ['0.5Gi', '512Mi'],
    ['1.5', '1500m'],
    ['1e3', '1k'],
    ['1E3', '1000'],
    ['1E', '1000P'],
    ['1Ei', '1024Pi'],
    ['.5', '500m'],
    ['5.', '5'],
    ['1e-3', '1m'],
    ['+1', '1'],
  ])('takes %s and %s for equal', (one, other) => {
    expect(parseQuantity(one)).toBe(parseQuantity(other));
    expect(parseQuantity(one)).toBeDefined();
  });

  it.each([
    '',
    'x',
    '1GiB',
    '1 Gi',
    'Gi',
    '1.2.3',
    '-',
    null,
    undefined,
    {},
    '1'.repeat(99),
  ])('takes %p for none', text => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  it('orders as numbers do', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => {
        expect(parseQuantity(`${a}Mi`)! < parseQuantity(`${b}Mi`)!).toBe(a < b);
        expect(parseQuantity(a)! < parseQuantity(`${b}`)!).toBe(a < b);
      }),
      { seed: 20261129, numRuns: 200 },
    );
  });
});
