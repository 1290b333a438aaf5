/**
 * Form fields of the dojo templates: the review of a release plan.
 *
 * @packageDocumentation
 */
export { scaffolderModuleDojo as default } from './module';
export { scaffolderDojoTranslationRef } from './translation';
export type { ReleaseReviewValue } from './fields/ReleaseReview/schema';
