const suffixes: Readonly<Record<string, bigint>> = {
  '': 1n,
  k: 1000n,
  M: 1000n ** 2n,
  G: 1000n ** 3n,
  T: 1000n ** 4n,
  P: 1000n ** 5n,
  E: 1000n ** 6n,
  Ki: 1024n,
  Mi: 1024n ** 2n,
  Gi: 1024n ** 3n,
  Ti: 1024n ** 4n,
  Pi: 1024n ** 5n,
  Ei: 1024n ** 6n,
};
const fractions: Readonly<Record<string, bigint>> = {
  n: 1_000_000_000n,
  u: 1_000_000n,
  m: 1_000n,
};
const quantity =
  /^([+-]?)(\d{1,40})?(?:\.(\d{0,40}))?([eE][+-]?\d{1,2}|[numkMGTPE]|[KMGTPE]i)?$/;

/** Units that a quantity is counted in, so that the smallest is a whole number: nano. */
const scale = 1_000_000_000n;

/**
 * A Kubernetes quantity (`5Gi`, `0.5`, `1e3`, `128974848`) as a number that can be compared: `5120Mi` and `5Gi` are equal.
 * Its unit is a thousand-millionth of the quantity's own, rounded up as the API server does. Undefined: it is none.
 */
export function parseQuantity(text: unknown): bigint | undefined {
  if (typeof text !== 'string' && typeof text !== 'number') return undefined;
  const match = quantity.exec(String(text));
  if (match === null) return undefined;
  const [, sign, whole = '', part = '', suffix = ''] = match;
  if (whole === '' && part === '') return undefined;
  const digits = BigInt(`${whole}${part}`);
  let up = scale;
  let down = 10n ** BigInt(part.length);
  if (/^[eE][+-]?\d/.test(suffix)) {
    const exponent = Number(suffix.slice(1));
    if (exponent >= 0) up *= 10n ** BigInt(exponent);
    else down *= 10n ** BigInt(-exponent);
  } else if (suffix in fractions) down *= fractions[suffix];
  else up *= suffixes[suffix];
  const scaled = (digits * up + down - 1n) / down;
  return sign === '-' ? -scaled : scaled;
}
