/**
 * Release, migrate and deploy a component from its entity page.
 *
 * @packageDocumentation
 */
export { dojoPlugin as default } from './plugin';
export { dojoTranslationRef } from './translation';
