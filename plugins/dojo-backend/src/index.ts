/**
 * The backend of the dojo plugins.
 *
 * @packageDocumentation
 */
export {
  createDojoEnvironmentConditionalDecision,
  dojoEnvironmentConditions,
} from './environmentRules';
export { dojoPlugin as default } from './plugin';
