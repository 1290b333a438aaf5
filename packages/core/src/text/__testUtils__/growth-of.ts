const maxAttempts = 8;

/**
 * How many times as many steps the longer text takes as the shorter one. What V8 counts is not the same each time: now and
 * then half of a function's counts are missing. So a growth that reaches the bound is counted again, and the greatest count
 * of each stands; what grows with the square reaches the bound every time.
 *
 * @param shorter - counts the steps of the shorter text.
 * @param longer - counts those of the longer one.
 * @param bound - what the growth has to stay below.
 */
export function growthOf(
  shorter: () => number,
  longer: () => number,
  bound: number,
): number {
  let few = 0;
  let many = 0;
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    few = Math.max(few, shorter());
    many = Math.max(many, longer());
    if (few > 0 && many / few < bound) break;
  }
  return few === 0 ? Infinity : many / few;
}
