/** `count` of these, evenly spread from the first to the last; some more than once when there are fewer. */
const spread = (items, count) =>
  Array.from(
    { length: items.length === 0 ? 0 : count },
    (_, at) =>
      items[Math.round((at * (items.length - 1)) / Math.max(1, count - 1))],
  );

/**
 * Where a run is killed: a quarter at changes of names in its folder, a quarter at writes there (where it has only one
 * of them: half), the rest at random times between the end of its start and its end.
 */
export function killPoints(count, { changes, start, whole }, random) {
  const at = kind =>
    changes.flatMap((each, index) => (each === kind ? [index + 1] : []));
  const names = at('rename');
  const writes = at('change');
  const half = Math.ceil(count / 2);
  const atNames = writes.length === 0 ? half : Math.ceil(half / 2);
  const chosen = [
    ...spread(names, atNames),
    ...spread(writes, names.length === 0 ? half : half - atNames),
  ];
  return [
    ...chosen.map(change => ({ change })),
    ...Array.from({ length: count - chosen.length }, () => ({
      after: start + random() * Math.max(0, whole - start),
    })),
  ];
}
