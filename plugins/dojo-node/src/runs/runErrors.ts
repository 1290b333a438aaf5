import { DojoError } from 'backstage-plugin-dojo-common';

/** The errors of runs that are started without a form. */
export const runErrors = {
  /** The plan of now is another than the reviewed one. */
  planChanged: () =>
    new DojoError({
      code: 'PLAN_CHANGED',
      kind: 'conflict',
      message: 'The plan changed since your review',
      hint: 'Plan again.',
    }),
  /** Another run changes the same. @param sentence - `Release 0.4.0 is running, started by owner` */
  running: (sentence: string, id: string) =>
    new DojoError({
      code: 'RUNNING',
      kind: 'conflict',
      message: sentence.replace(/\.$/, ''),
      hint: `Follow ${id} to its end, then plan again.`,
    }),
  /** No template of the catalog carries the verb out. */
  templateMissing: (verb: string) =>
    new DojoError({
      code: 'RUN_TEMPLATE_MISSING',
      kind: 'not-found',
      message: `this portal has no template for a ${verb}`,
      hint: "Add the suite's templates to catalog.locations of app-config.yaml.",
    }),
  /** Another start of the same plan has not come to its task. */
  startPending: () =>
    new DojoError({
      code: 'RUN_START_PENDING',
      kind: 'unavailable',
      message: 'The same start is on its way and has no task yet',
      hint: 'Start it again in a few seconds.',
    }),
};
