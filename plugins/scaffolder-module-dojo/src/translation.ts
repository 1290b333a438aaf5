import { createTranslationRef } from '@backstage/frontend-plugin-api';

// The validator runs outside React, where a translation that is still loading cannot be awaited.
export const blockedMessage =
  'There is nothing to run as things stand; the review says why. Go back to choose differently.';

/** Texts of the form fields; override them with a `TranslationBlueprint`. @public */
export const scaffolderDojoTranslationRef = createTranslationRef({
  id: 'scaffolder.dojo',
  messages: {
    plan: {
      effects: {
        title: 'What will happen',
        already: 'already there',
      },
      failure: {
        title: 'The plan could not be computed',
        denied: 'You may not see the plan of this component',
        deniedHint:
          'Ask an owner of the component, or whoever looks after the portal, for the permission dojo.delivery.read.',
        retry: 'Retry',
      },
    },
    releaseReview: {
      label: 'Release plan',
      loading: 'Computing the release plan…',
      loaded: 'The plan is ready: release {{version}}.',
      loadedFinish: 'The plan is ready: finish release {{version}}.',
      loadedNothing: 'The plan is ready: there is nothing to release.',
      failed: 'The release plan could not be computed: {{message}}',
      noComponent: {
        title: 'No component is chosen',
        description:
          'Go back and choose the component to release; its plan appears here.',
      },
      title: {
        release: 'Release {{name}} {{version}}',
        finish: 'Finish release {{name}} {{version}}',
        nothing: 'Nothing to release for {{name}}',
      },
      facts: {
        from: 'from {{previous}} on {{branch}} at {{base}} · plan {{plan}}: exactly this runs, or nothing',
        first:
          'the first release, on {{branch}} at {{base}} · plan {{plan}}: exactly this runs, or nothing',
        nothing: 'on {{branch}} at {{base}}',
      },
      nothing: {
        newest: '{{name}} {{version}} is the newest release.',
        none: '{{name}} has no release yet.',
        hint: 'Come back after the next commit that counts, or go back and choose the version yourself.',
        link: 'Open release {{version}}',
      },
      finish: {
        title: '{{version}} is tagged, but not finished',
        description:
          'Running this completes what its tag promises. No new version is made.',
      },
      why: {
        release: 'Why {{version}}',
        nothing: 'Why nothing is released',
        finish: 'Why no new version',
        commit: 'Commit',
        message: 'Message',
        countsAs: 'Counts as',
        none: 'no release',
        noneBecause: 'no release: {{reason}}',
        noSubject: '(empty message)',
        unknownCommit: '–',
        showAll: 'Show all {{total}} commits',
        showFirst: 'Show the first {{shown}} only',
        capped:
          'The history is long: only the newest {{read}} commits were read.',
      },
      notes: {
        title: 'Notes',
        titleOf: 'Notes of {{version}}',
        empty: 'The notes are empty.',
      },
      files: {
        title: 'Files in the release commit',
        created: 'new file',
        omitted_one: '{{count}} more line',
        omitted_other: '{{count}} more lines',
      },
      blocked: blockedMessage,
    },
  },
});
