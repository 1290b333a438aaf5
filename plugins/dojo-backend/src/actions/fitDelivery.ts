import type { AgentDelivery } from 'backstage-plugin-dojo-common';

/** An answer that fills an agent's memory helps it little (delivery-contract, get-delivery). Bytes. */
const maxBytes = 25_000;
const fewCommits = 5;
const shortNotes = 500;

type Step = (answer: AgentDelivery) => AgentDelivery;

/** From what is missed least to what is missed most; each says by its counts that something is left out. */
const steps: readonly Step[] = [
  onDelivery(delivery => ({
    ...delivery,
    lines: delivery.lines.map(line => {
      const commits = line.commits.slice(0, fewCommits);
      return {
        ...line,
        commits,
        omitted: line.omitted + line.commits.length - commits.length,
      };
    }),
  })),
  onDelivery(delivery =>
    delivery.latest.kind === 'release' &&
    delivery.latest.notes.length > shortNotes
      ? {
          ...delivery,
          latest: {
            ...delivery.latest,
            notes: delivery.latest.notes.slice(0, shortNotes),
            notesCut: true as const,
          },
        }
      : delivery,
  ),
  answer =>
    answer.history
      ? { ...answer, history: answer.history.slice(0, fewCommits) }
      : answer,
  onDelivery(delivery => ({
    ...delivery,
    actions: delivery.actions.filter(({ state }) => state === 'ready'),
    omitted:
      (delivery.omitted ?? 0) +
        delivery.actions.filter(({ state }) => state !== 'ready').length ||
      undefined,
  })),
];

/** Cuts the answer to what an agent can use. */
export function fitDelivery(answer: AgentDelivery): AgentDelivery {
  let fitted = answer;
  for (const step of steps) {
    if (Buffer.byteLength(JSON.stringify(fitted)) <= maxBytes) break;
    fitted = step(fitted);
  }
  return fitted;
}

type Shown = Extract<AgentDelivery['delivery'], { kind: 'delivery' }>;

function onDelivery(change: (delivery: Shown) => Shown): Step {
  return answer =>
    answer.delivery.kind === 'delivery'
      ? { ...answer, delivery: change(answer.delivery) }
      : answer;
}
