import type { DatabaseState } from './database-state';
import type { JudgeOptions, ReadState } from './ports';

/** What a plan or a check gives to the SQL of applied files: others wrote it, and whoever may look may start it. */
export const planBudget = {
  milliseconds: 10_000,
  bytes: 256 * 1024 * 1024,
} as const;

/** The state, with what there is to say of the schema. The database must not be held. */
export async function judgeState(
  { state, judge }: ReadState,
  options: JudgeOptions,
): Promise<DatabaseState> {
  if (judge === undefined || state.file === undefined) return state;
  return { ...state, file: { ...state.file, ...(await judge(options)) } };
}

/** Whether nobody wrote between two readings what a judgement is about. */
export function isSameState(one: DatabaseState, other: DatabaseState): boolean {
  const judged = ({ file }: DatabaseState) =>
    JSON.stringify([file?.fingerprint, file?.applied]);
  return judged(one) === judged(other);
}
