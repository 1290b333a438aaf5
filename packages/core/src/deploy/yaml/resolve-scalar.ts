import type { ScalarValue } from './yaml-value';

const words: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ['', null],
  ['~', null],
  ...['null', 'Null', 'NULL'].map(word => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map(
    word => [word, true] as const,
  ),
  ...['true', 'True', 'TRUE'].map(word => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map(
    word => [word, false] as const,
  ),
  ...['false', 'False', 'FALSE'].map(word => [word, false] as const),
]);

const bases = [
  { digits: /^([-+]?)0[xX]([0-9a-fA-F]+)$/, base: 16 },
  { digits: /^([-+]?)0[bB]([01]+)$/, base: 2 },
  { digits: /^([-+]?)0[oO]?([0-7]+)$/, base: 8 },
  { digits: /^([-+]?)([1-9][0-9]*|0)$/, base: 10 },
] as const;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/**
 * What a plain scalar means to kubectl: YAML 1.1 as go-yaml 2 reads it (sigs.k8s.io/yaml). 0440 is 288, 0o170 is 120, 1_000
 * is 1000, `on` is true; 1:30 and dates are text, other than in YAML 1.1 itself.
 */
export function resolveScalar(plain: string): ScalarValue {
  const word = words.get(plain);
  if (word !== undefined) return word;
  if (!/^[-+.0-9]/.test(plain)) return plain;
  const number = plain.replaceAll('_', '');
  for (const { digits, base } of bases) {
    const match = digits.exec(number);
    if (match) return (match[1] === '-' ? -1 : 1) * parseInt(match[2], base);
  }
  if (float.test(number)) return Number(number);
  switch (plain.toLowerCase()) {
    case '.inf':
    case '+.inf':
      return Infinity;
    case '-.inf':
      return -Infinity;
    case '.nan':
      return NaN;
    default:
      return plain;
  }
}
