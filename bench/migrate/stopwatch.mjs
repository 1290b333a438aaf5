import { median } from '../shared/measure.mjs';
import { markdownTable } from '../shared/write-section.mjs';

/** Calls each of `parts` once a round, beginning with another one each time. */
export function inRounds(rounds, parts) {
  for (let round = 0; round < rounds; round += 1) {
    for (let at = 0; at < parts.length; at += 1)
      parts[(round + at) % parts.length]();
  }
}

/** Milliseconds by name, net of what the start of each run took. Ratios are to the one called `ours`. */
export class Stopwatch {
  #times = new Map();

  constructor(ours) {
    this.ours = ours;
  }

  note(name, whole, start = 0) {
    const { net, starts } = this.#times.get(name) ?? { net: [], starts: [] };
    this.#times.set(name, {
      net: [...net, whole - start],
      starts: [...starts, start],
    });
  }

  net(name) {
    return median(this.#times.get(name).net);
  }

  /** The median of what `name` took more than `other` in the same round. */
  difference(name, other) {
    const others = this.#times.get(other).net;
    return median(this.#times.get(name).net.map((ms, at) => ms - others[at]));
  }

  table(title, ...sentences) {
    return [
      `### ${title}`,
      markdownTable(
        ['what', 'ms net of its start', 'its start', 'ratio to dojo'],
        [...this.#times].map(([name, { starts }]) => [
          name,
          this.net(name).toFixed(0),
          median(starts) === 0 ? '' : median(starts).toFixed(0),
          (this.net(name) / this.net(this.ours)).toFixed(2),
        ]),
      ),
      ...sentences,
    ].join('\n\n');
  }
}
