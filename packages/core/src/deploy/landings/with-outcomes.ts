import type { RolloutOutcome } from 'backstage-plugin-dojo-common';
import { parseNote } from '../notes/note-line';
import { isSame } from './assemble-components';
import type { ComponentLandings, Landing } from './landings';
import type { LandingRepository } from './ports';

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
        return withOutcome(landing, outcomeIn(lines, folder));
      });
      const next = { ...facts, landings };
      return [name, isSame(facts, next) ? facts : next];
    }),
  );
}

/** What was noted of one overlay last. */
function outcomeIn(
  lines: ReturnType<typeof parseNote>,
  folder: string,
): RolloutOutcome | undefined {
  const last = lines.findLast(
    line => line.kind === 'outcome' && line.folder === folder,
  );
  if (last?.kind !== 'outcome') return undefined;
  const { outcome, at, code, sentence } = last;
  return {
    kind: outcome,
    at,
    ...(code !== undefined && { code }),
    ...(sentence !== undefined && { sentence }),
  };
}

function withOutcome(
  { outcome: before, ...landing }: Landing,
  outcome: RolloutOutcome | undefined,
): Landing {
  return outcome === undefined ? landing : { ...landing, outcome };
}
