/**
 * What says that there is nothing to do, and nothing is wrong: a page may leave such an action out where it does not ask
 * for it.
 */
export const idleCodes: readonly string[] = [
  'NOTHING_TO_RELEASE',
  'NOTHING_TO_DEPLOY',
  'NOTHING_TO_MIGRATE',
  'DEPLOY_NO_PREVIOUS',
];
