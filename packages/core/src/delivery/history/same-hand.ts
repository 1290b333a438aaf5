import type { Landing } from '../facts';
import type { DeliveryRules } from '../rules';
import { isSamePerson } from '../words/clauses';

/** Whether somebody landed what they asked for themselves, where somebody else should have. */
export function isSameHand(
  { environment, requestedBy, mergedBy, by }: Landing,
  rules: DeliveryRules,
): boolean {
  const needsAnother = rules.environments.some(
    ({ name, approval }) => name === environment && approval,
  );
  return needsAnother && isSamePerson(requestedBy, mergedBy ?? by);
}
