/** What the figures may be at most; docs/explanation/delivery.md says why. */
const most = {
  firstRowsMs: 1000,
  statusP95Ms: 200,
  answerKb: 60,
  /** 1,000 components against 100: the same page, with the noise of a machine of two cores. */
  growth: 3,
  /** Below this a factor says nothing. */
  flatMs: 50,
  requests: 3050,
  quietMb: 10,
  quietCpuSeconds: 60,
  heldMb: 150,
  overlaysSeconds: 60,
  firstSeconds: 600,
};

/** Sentences, one for each budget that does not hold. */
export const brokenBudgets = {
  answers(few, many) {
    const flat = [
      'Deliveries: 50 rows, p95',
      'Deliveries: sorted, filtered, searched, p95',
      'Delivery of 30 components, warm, p95',
      'History of atlas, p95',
    ];
    return [
      ...over(
        many['Deliveries: first rows, the first time'],
        most.firstRowsMs,
        'ms until the first rows of Deliveries',
      ),
      ...over(
        many['Delivery of 30 components, warm, p95'],
        most.statusP95Ms,
        'ms for a status, p95',
      ),
      ...over(
        many['Deliveries: answer of 50 rows, KB'],
        most.answerKb,
        'KB for 50 rows',
      ),
      ...flat.flatMap(name =>
        over(
          many[name],
          Math.max(most.flatMs, few[name] * most.growth),
          `ms (${name}), ${few[name]} with fewer components`,
        ),
      ),
    ];
  },
  refresh({ overlays, first, quiet, memory }) {
    return [
      ...over(quiet.requests, most.requests, 'requests in a quiet cycle'),
      ...over(quiet.MB, most.quietMb, 'MB in a quiet cycle'),
      ...over(
        quiet['seconds of CPU'],
        most.quietCpuSeconds,
        'seconds of CPU in a quiet cycle',
      ),
      ...over(
        memory['MB of the index'],
        most.heldMb,
        'MB that the index holds in memory',
      ),
      ...over(
        overlays.seconds,
        most.overlaysSeconds,
        'seconds until the overlays are known',
      ),
      ...over(
        overlays.seconds + first.seconds,
        most.firstSeconds,
        'seconds until all is known',
      ),
    ];
  },
};

/** Also where there is no figure: a budget that was not measured does not hold. */
function over(figure, limit, what) {
  return figure <= limit ? [] : [`${figure} ${what}; at most ${limit}`];
}
