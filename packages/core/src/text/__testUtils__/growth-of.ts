/**
 * How many times as many steps the longer text takes as the shorter one. What is done only once, such as a table that is made
 * when it is first asked for, is done before either is counted.
 *
 * @param shorter - counts the steps of the shorter text.
 * @param longer - counts those of the longer one.
 */
export function growthOf(shorter: () => number, longer: () => number): number {
  shorter();
  const few = shorter();
  return few === 0 ? Infinity : longer() / few;
}
