/**
 * Form fields of the dojo templates: the reviews of a release and of a migration, the environment picker.
 *
 * @packageDocumentation
 */
export { scaffolderModuleDojo as default } from './module';
export { scaffolderDojoTranslationRef } from './translation';
export type { MigrationReviewValue } from './fields/MigrationReview/schema';
export type { ReleaseReviewValue } from './fields/ReleaseReview/schema';
