import type { RolloutOutcome } from 'backstage-plugin-dojo-common';
import { parseNote } from '../notes/note-line';
import { isSame } from './assemble-components';
import type { ComponentLandings, Landing } from './landings';
import type { LandingRepository } from './ports';

/** Of one landing. */
const maxOutcomes = 20;

/**
 * The facts with how the rollouts of their landings ended, as far as it was noted; those that nothing changed stay the
 * objects that they were.
 *
 * @param notes commit that holds them; absent: there are none.
 * @throws DojoError as the repository is read.
 */
export async function withOutcomes(
  components: Readonly<Record<string, ComponentLandings>>,
  notes: string | undefined,
  repository: LandingRepository,
  signal: AbortSignal,
): Promise<Record<string, ComponentLandings>> {
  const entries = Object.entries(components);
  const commits = [
    ...new Set(
      entries.flatMap(([, { landings }]) =>
        landings.map(({ commit }) => commit),
      ),
    ),
  ];
  const texts =
    notes === undefined
      ? []
      : await repository.readNotes(notes, commits, signal);
  const linesOf = new Map(
    commits.flatMap((commit, at) => {
      const text = texts[at];
      return text === undefined ? [] : [[commit, parseNote(text)] as const];
    }),
  );
  return Object.fromEntries(
    entries.map(([name, facts]) => {
      const landings = facts.landings.map(landing => {
        const folder = `${name}/${landing.environment}`;
        const lines = linesOf.get(landing.commit) ?? [];
        return withOutcomesOf(landing, outcomesIn(lines, folder));
      });
      const next = { ...facts, landings };
      return [name, isSame(facts, next) ? facts : next];
    }),
  );
}

/** What was noted of one overlay, oldest first. */
function outcomesIn(
  lines: ReturnType<typeof parseNote>,
  folder: string,
): RolloutOutcome[] {
  return lines.flatMap(line => {
    if (line.kind !== 'outcome' || line.folder !== folder) return [];
    const { outcome, at, code, sentence } = line;
    return [
      {
        kind: outcome,
        at,
        ...(code !== undefined && { code }),
        ...(sentence !== undefined && { sentence }),
      },
    ];
  });
}

function withOutcomesOf(
  { outcome: _before, outcomes: _all, ...landing }: Landing,
  outcomes: readonly RolloutOutcome[],
): Landing {
  // Somebody may note on and on; what counts is how it went first and last.
  const some =
    outcomes.length > maxOutcomes
      ? [...outcomes.slice(0, 1), ...outcomes.slice(1 - maxOutcomes)]
      : outcomes;
  const last = some.at(-1);
  if (last === undefined) return landing;
  return {
    ...landing,
    outcome: last,
    ...(some.length > 1 && { outcomes: some }),
  };
}
