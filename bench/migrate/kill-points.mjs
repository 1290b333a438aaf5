/** `count` of these, evenly spread; all of them, some more than once, when there are fewer. */
const spread = (items, count) =>
  items.length === 0
    ? []
    : Array.from(
        { length: count },
        (_, at) => items[Math.floor((at * items.length) / count)],
      );

/**
 * Where a run is killed: half at changes in its folder, every change of a name first and writes between them, half at
 * random times between the end of its start and its end.
 */
export function killPoints(count, { changes, start, whole }, random) {
  const half = Math.ceil(count / 2);
  const at = kind =>
    changes.flatMap((each, index) => (each === kind ? [index + 1] : []));
  const names = at('rename');
  const chosen =
    names.length >= half
      ? spread(names, half)
      : [...names, ...spread(at('change'), half - names.length)];
  return [
    ...chosen.map(change => ({ change })),
    ...Array.from({ length: count - chosen.length }, () => ({
      after: start + random() * Math.max(0, whole - start),
    })),
  ];
}
