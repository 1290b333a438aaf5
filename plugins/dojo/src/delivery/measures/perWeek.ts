const daysOfWeek = 7;

/** Sums of seven days each, the newest last; the first may be of fewer days. */
export function perWeek(perDay: readonly number[]): readonly number[] {
  const rest = perDay.length % daysOfWeek;
  const starts = [
    ...(rest > 0 ? [0] : []),
    ...Array.from(
      { length: Math.floor(perDay.length / daysOfWeek) },
      (_, week) => rest + week * daysOfWeek,
    ),
  ];
  return starts.map((start, index) =>
    perDay
      .slice(start, starts[index + 1] ?? perDay.length)
      .reduce((sum, count) => sum + count, 0),
  );
}
