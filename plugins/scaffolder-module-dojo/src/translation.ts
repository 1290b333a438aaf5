import { createTranslationRef } from '@backstage/frontend-plugin-api';

// The validator runs outside React, where a translation that is still loading cannot be awaited. The form shows this
// until it is confirmed again: also while a plan is computed, below the plan that has come since, and a page back.
export const blockedMessage =
  'has no plan that can run: it says why. Once it shows one, confirm again.';

// The same, of the version of a release.
export const bumpInvalidMessage =
  'must be auto, major, minor, patch, prerelease, or a version such as 2.0.0';

// The same, of the environment.
export const unknownEnvironmentMessage =
  'is not a configured environment: choose one that is.';

/** For where translations are still loading. */
export const unknownVersionMessage =
  'is not a release of this component: choose one that is.';

/** Texts of the form fields; override them with a `TranslationBlueprint`. @public */
export const scaffolderDojoTranslationRef = createTranslationRef({
  id: 'scaffolder.dojo',
  messages: {
    plan: {
      failure: {
        title: 'The plan could not be computed',
        denied: 'You may not see the plan of this component',
        deniedHint:
          'Ask an owner of the component, or your platform team, for the permission dojo.delivery.read.',
      },
    },
    newSince: {
      title: 'The plan changed since your last review',
      description: 'What was not in it then is marked as new.',
      mark: 'New since your last review',
      line: 'new',
    },
    unknownVersion: {
      title: '{{name}} has no release {{version}}. Latest: {{latest}}.',
      titleNone: '{{name}} has no release {{version}}, nor any other.',
      blocked: unknownVersionMessage,
    },
    taskEnd: {
      reviewAgain: 'Review again',
    },
    mayNot: {
      release: 'You may not release {{name}}.',
      ship: 'You may not ship {{name}}.',
      migrate: 'You may not migrate {{name}}.',
      restore: 'You may not restore the database of {{name}}.',
      'rebuild-caches': 'You may not rebuild the caches of {{name}}.',
      deploy: 'You may not deploy {{name}}.',
      reject: 'You may not reject a version of {{name}}.',
      hint: 'Ask an owner of the component, or your platform team.',
    },
    mayNotIn: {
      release: 'You may not release {{name}}.',
      ship: 'You may not ship {{name}} to {{environment}}.',
      migrate: 'You may not migrate {{name}} on {{environment}}.',
      restore:
        'You may not restore the database of {{name}} on {{environment}}.',
      'rebuild-caches':
        'You may not rebuild the caches of {{name}} on {{environment}}.',
      deploy: 'You may not deploy {{name}} to {{environment}}.',
      reject: 'You may not reject a version of {{name}}.',
    },
    files: {
      created: 'new file',
      showOne: 'Show the changes of {{path}}',
      show_one: 'Show {{count}} file',
      show_other: 'Show {{count}} files',
      omitted_one: '{{count}} more line',
      omitted_other: '{{count}} more lines',
    },
    findings: {
      title: 'Findings',
      error: 'Error',
      warning: 'Warning',
      note: 'Note',
      info: 'Note',
      rewrite: 'Write instead:',
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
        from: 'from {{previous}} on {{branch}} at {{base}} · plan {{plan}}: if anything changes before it runs, it stops',
        first:
          'the first release, on {{branch}} at {{base}} · plan {{plan}}: if anything changes before it runs, it stops',
        nothing: 'on {{branch}} at {{base}}',
      },
      staysLatest: '{{version}} stays the latest release.',
      nothing: {
        newest:
          'Nothing to release since {{version}}: go back to choose a version yourself.',
        none: '{{name}} has no release yet, and no commit calls for one.',
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
        countsAs: 'Bump',
        none: 'none',
        noneBecause: 'none: {{reason}}',
        breaking: 'breaking',
        compare: 'Compare with {{previous}}',
        noSubject: '(empty message)',
        unknownCommit: '–',
        showAll: 'Show all {{total}} commits',
        capped:
          'The history is long: only the newest {{read}} commits were read.',
      },
      notes: {
        title: 'Release notes',
        titleOf: 'Release notes of {{version}}',
        empty: 'The notes are empty.',
      },
      files: {
        title: 'Files in the release commit',
      },
      blocked: blockedMessage,
    },
    migrationReview: {
      label: 'Migration plan',
      loading: 'Computing the migration plan…',
      loaded: 'The plan is ready: {{title}}.',
      loadedRefused_one:
        'The plan is ready, but {{count}} error refuses it: {{title}}.',
      loadedRefused_other:
        'The plan is ready, but {{count}} errors refuse it: {{title}}.',
      failed: 'The migration plan could not be computed: {{message}}',
      noMigration: 'no migration',
      incomplete: {
        title: 'Component and environment are not chosen yet',
        description:
          'Go back and choose whose database to migrate, and where; the plan appears here.',
      },
      title: {
        migrateTo:
          'Migrate {{name}} on {{environment}} to {{version}} ({{from}} -> {{to}})',
        migrate: 'Migrate {{name}} on {{environment}} ({{from}} -> {{to}})',
        createFor:
          'Create the database of {{name}} on {{environment}} for {{version}} ({{to}})',
        create: 'Create the database of {{name}} on {{environment}} ({{to}})',
        nothing: 'Nothing to do for {{name}} on {{environment}}',
        refused: 'Nothing can run for {{name}} on {{environment}}',
        restore:
          'Restore {{environment}} database from the backup of {{time}} ({{from}} -> {{to}})',
        rebuildCachesOf:
          'Rebuild the caches of {{name}} on {{environment}} with {{version}}',
        rebuildCaches: 'Rebuild the caches of {{name}} on {{environment}}',
      },
      facts: {
        runs: '{{reason}} · plan {{plan}}: if anything changes before it runs, it stops',
      },
      refused: {
        description:
          'Fix the errors below, then plan again. The database is as it was.',
        again: 'Plan again',
      },
      database: {
        title: 'The database now',
        schema: 'Schema',
        none: 'there is no database yet',
        applied: 'Migrations applied',
        size: 'Size',
        sizeWithWal: '{{size}}, and {{wal}} not folded in yet',
        storage: 'Storage version',
        openedBy: 'DuckDB {{version}} and later',
        creator: 'Written by',
        engine: 'Runs on',
        file: 'File',
      },
      backups: {
        title: 'Backups',
        backup: 'Made',
        schema: 'Schema',
        size: 'Size',
        none: 'There is none yet.',
        restored: 'Will be restored',
        replaced: 'Pre-restore',
        current: 'Current',
        another: 'Go back to choose another.',
        kept: 'The current database is kept as a pre-restore copy.',
      },
      pending: {
        title_one: '{{count}} pending migration',
        title_other: '{{count}} pending migrations',
        caches_one: '{{count}} cache to rebuild',
        caches_other: '{{count}} caches to rebuild',
        statements_one: '{{count}} statement',
        statements_other: '{{count}} statements',
        show: 'Show SQL',
        hide: 'Hide SQL',
        showAll: 'Show all {{total}} files',
        assert: 'Post-check:',
      },
      flag: {
        breaking: 'breaking',
        breakingMeans:
          'Breaking: the previous release cannot run on its schema.',
        irreversible: 'irreversible',
        irreversibleMeans: 'Irreversible: only a backup leads back.',
      },
      transaction: {
        one: 'One transaction.',
        statement: 'One transaction per statement.',
        statementBecause: 'One transaction per statement ({{reason}}).',
      },
      blocked: blockedMessage,
    },
    rehearsal: {
      title: 'Rehearsal',
      what: 'Runs all of this on a private copy of this very database, and says what it did and what it took. The database is not changed.',
      start: 'Not rehearsed. Rehearse first?',
      again: 'Rehearse again',
      cancel: 'Cancel',
      elapsed: '{{duration}} so far',
      running: 'The rehearsal runs.',
      cancelling: 'Cancelling…',
      cancelled: 'The rehearsal was cancelled.',
      overdue: 'The rehearsal took too long, and was given up.',
      log: 'Log of the rehearsal',
      done: 'The rehearsal is done.',
      kept: 'Rehearsed {{ago}}, {{duration}}',
      made: 'Succeeded in {{duration}}',
      notMade: 'Not rehearsed',
      succeeded: 'Rehearsal succeeded, including commit and checks',
      split: 'DuckDB ran {{id}} only a statement per transaction.',
      total: 'Total time (with copy, commit and checks)',
      disk: 'Peak disk',
      sizeAfter: 'Size after',
      statement: 'Statement',
      line: 'Line',
      rows: 'Rows',
      time: 'Time',
      showAll: 'Show all {{total}} statements',
      failedBecause: 'The rehearsal failed: {{message}}',
      failed: {
        title: 'The rehearsal failed; the database is as it was',
        denied: 'You may not rehearse on this environment',
        deniedHint:
          'Ask an owner of the component, or your platform team, for the permission dojo.migration.run.',
      },
      stale: {
        title: 'The database or its migrations changed after this review',
        description: 'What was rehearsed is not the plan that you see here.',
        review: 'Plan again',
      },
    },
    serviceReview: {
      label: 'Plan of the new service',
      loading: 'Looking at catalog, forge and overlays…',
      loaded: 'The plan is ready: {{reason}}',
      loadedRefused_one: 'The service cannot be made: {{count}} problem.',
      loadedRefused_other: 'The service cannot be made: {{count}} problems.',
      failed: 'The plan of the service could not be computed: {{message}}',
      incomplete: {
        title: 'Name and owner are not filled in yet',
        description:
          'Go back and say what the service is called and who owns it; what will be made appears here.',
      },
      refused: 'The service cannot be made like this',
      facts: 'If anything changes before it runs, it stops.',
      finishes:
        'An earlier run of this form began the service. What is open is finished.',
      plan: 'Plan',
      repository: {
        title: 'Repository',
        address: 'Address',
        files: 'Files',
        component: 'Catalog entry',
        owner: 'Owner',
        image: 'Image',
      },
      overlays: {
        title: 'Overlays',
        infra: 'In repository',
        prepared: 'prepared, no version yet',
        deploys: 'gets {{version}}',
        host: 'host {{host}}',
        noHost: 'no host',
        storage: '{{size}} of storage',
        waits: 'waits for a merge',
      },
      release: {
        title: 'First release',
        version: 'Version',
        tag: 'Tag',
        migrates: 'Database made in',
        deploys: 'Deployed to',
      },
      blocked: blockedMessage,
    },
    deploymentReview: {
      label: 'Deployment plan',
      loading: 'Computing the deployment plan…',
      loaded: 'The plan is ready: {{title}}.',
      loadedRefused_one:
        'The plan is ready, but {{count}} error refuses it: {{title}}.',
      loadedRefused_other:
        'The plan is ready, but {{count}} errors refuse it: {{title}}.',
      loadedBlocked:
        'The plan is ready, but a rule holds it back: {{title}}. {{message}}',
      loadedFrozen:
        'The plan is ready, but {{environment}} is frozen: {{title}}.',
      loadedWaits: 'The plan is ready, and waits for its merge: {{title}}.',
      waits: 'This change already waits; nothing was added.',
      overlayChanged:
        'The overlay of {{environment}} was changed by commit {{commit}} by {{who}}.',
      failed: 'The deployment plan could not be computed: {{message}}',
      incomplete: {
        title: 'What goes where is not chosen yet',
        description:
          'Go back and choose a component, an environment, and the version to bring there; the plan appears here.',
      },
      title: {
        deploy:
          'Deploy {{name}} {{version}} to {{environment}} (from {{from}})',
        first:
          'Deploy {{name}} {{version}} to {{environment}} (for the first time)',
        promote:
          'Promote {{name}} {{version}} from {{source}} to {{environment}}',
        below: 'Deploy {{name}} {{version}} to {{environment}}, below {{from}}',
        promoteFirst:
          'Promote {{name}} {{version}} from {{source}} to {{environment}} (for the first time)',
        rollback:
          'Roll back {{name}} on {{environment}} from {{from}} to {{version}}',
        change: 'Change {{environment}} of {{name}} (it stays at {{version}})',
        prepare: 'Prepare {{environment}} for {{name}} (without a version)',
        restore:
          'Restore the former overlay of {{name}} in {{environment}} (at {{version}})',
        nothing: 'Nothing to deploy for {{name}} in {{environment}}',
      },
      facts:
        '{{folder}} on {{branch}} of {{infra}} · plan {{plan}}: if anything changes before it runs, it stops',
      refused: {
        title_one:
          'Nothing is deployed: {{count}} error must be corrected first',
        title_other:
          'Nothing is deployed: {{count}} errors must be corrected first',
        description:
          'Fix the errors below, then plan again. {{environment}} stays as it is.',
        first:
          '{{environment}} has no overlay of {{name}} yet: go back and set its host and storage.',
        again: 'Plan again',
      },
      blockedBy: {
        title: 'A rule keeps it out of {{environment}}',
      },
      conflictHint:
        'Ask who set it. To set it by the overlay from now on, go back and choose to take over fields that others own; to leave it to them, take it out of the overlay.',
      cluster: {
        title: 'What is done to the cluster',
        drift: 'The overlay stays as it is: the cluster differs from it',
        driftDescription:
          'Somebody, or something, changed it there. It is brought back to what the overlay says.',
        writes: 'Writes',
        writesNothing: 'nothing',
        created_one: '{{count}} object created',
        created_other: '{{count}} objects created',
        changed_one: '{{count}} object changed',
        changed_other: '{{count}} objects changed',
        prunes_one: '{{count}} object is deleted: the overlay makes it no more',
        prunes_other:
          '{{count}} objects are deleted: the overlay makes them no more',
        adopts: 'Fields that client-side kubectl apply left are taken over:',
        from: 'from {{managers}}',
        wait: 'Rollout',
        waits: 'watched until it is healthy, {{time}} at most',
        onFailure: 'If it fails',
        leave: 'it stays as it is',
        rollback: 'the version before it is brought back',
      },
      frozen: {
        title: '{{environment}} is frozen',
        until: 'It opens {{time}}.',
        when: 'It opens when {{until}}.',
        description: 'The window is {{window}}. A rollback is never held back.',
      },
      request: {
        title:
          'It lands when somebody merges it; until then {{environment}} stays as it is',
        open: 'A request is open already, and is brought up to date:',
      },
      drift: {
        title_one: '{{count}} field differs from git',
        title_other: '{{count}} fields differ from git',
        field:
          '{{object}} {{field}} {{live}} instead of {{wanted}}, changed by {{manager}}',
        leftAlone: '{{field}} belongs to the autoscaler; it is left alone.',
      },
      why: {
        title: 'Why',
        version: 'Version',
        commit: 'Base at',
        image: 'Image',
        lands: 'Lands by',
        commitMode: 'a commit on {{branch}}',
        requestMode: 'a merge into {{branch}}',
        applyMode: 'a commit on {{branch}}, then applied to the cluster',
        applyOnly: 'being applied to the cluster: the overlay stays as it is',
        cluster: 'Cluster',
        namespace: '{{namespace}} of {{name}}',
        change: '{{from}} → {{to}}',
        noVersion: 'None yet: nothing runs',
        awaited: 'the release commit, not made yet',
        noDigest: 'as the base has it',
      },
      objects: {
        title: 'What changes in the cluster',
        none: 'No object changes: only the text of the overlay does.',
        live: 'From what lives there now to what the API server would make of it.',
        created: 'created',
        changed: 'changed',
        removed: 'removed',
        in: 'in {{namespace}}',
        show_one: 'Show {{count}} field',
        show_other: 'Show {{count}} fields',
        hide: 'Hide the fields',
        omitted_one: '{{count}} more field',
        omitted_other: '{{count}} more fields',
        showAll: 'Show all {{total}} objects',
      },
      files: {
        title: 'Files of the overlay',
      },
      blocked: blockedMessage,
    },
    move: {
      title: 'What comes, and what leaves',
      comes: 'Changes that come',
      leaves: 'Changes that leave',
      show_one: 'Show it',
      show_other: 'Show all {{count}}',
      omitted_one: 'and {{count}} more',
      omitted_other: 'and {{count}} more',
      breaking: 'Breaking',
      failed: 'What comes and what leaves could not be found out.',
    },
    tagPicker: {
      newest: '{{tag}} (newest)',
      deployed: '{{tag}} (in {{environment}} now)',
      previous: 'The version before this one',
      rejected: 'Rejected: {{reason}}',
      failed: 'The versions could not be listed',
    },
    waitingChange: {
      title: 'A change of {{environment}} waits for its merge',
      asked: '{{what}}, asked for by {{who}} {{time}}',
      nobodyKnown: 'somebody',
      failed: 'Whether a change waits here could not be found out',
      merge: 'Merge',
      merging: 'Merging…',
      merged: 'Merged: {{version}} is in the overlay of {{environment}}',
      close: 'Close',
      closing: 'Closing…',
      closed: 'Closed: the change of {{environment}} waits no more',
      notClosed: 'It was not closed',
      notMerged: 'It was not merged',
      again: 'Look again',
      refused_one: '{{count}} error must be corrected first',
      refused_other: '{{count}} errors must be corrected first',
    },
    rolloutOptions: {
      title: 'In the cluster',
      wait: 'Minutes that the rollout may take',
      waitHint: 'Empty: ten.',
      rollback: 'Bring the version before it back if the rollout fails',
      prune: 'Delete what the overlay made before and makes no more',
      pruneHint: 'Claims, volumes and namespaces never are.',
      confirmPrune: 'Even if that is more than 30 % of what lives',
      takeover: 'Take over fields that others own',
      takeoverHint: 'The review names each of them, with its owner.',
      waitInvalid: 'must be a whole number of minutes, 1 to 1440',
    },
    bumpPicker: {
      loading: 'Computing the next versions…',
      leadsTo: '{{name}} → {{version}}',
      auto: 'Auto',
      autoDecides: '{{name}}: the commit messages decide',
      autoNothing: '{{name}}: no commit calls for a release',
      major: 'Major',
      minor: 'Minor',
      patch: 'Patch',
      prerelease: 'Pre-release',
      other: 'Another version',
      version: 'Version',
      versionHint: 'Such as 2.0.0.',
      invalid: bumpInvalidMessage,
    },
    branchPicker: {
      usual: 'The branch that releases come from',
      nothing: '{{branch}}: no commits since its last release',
      next_one: '{{branch}}: {{count}} commit, next {{version}}',
      next_other: '{{branch}}: {{count}} commits, next {{version}}',
      waits_one: '{{branch}}: {{count}} commit',
      waits_other: '{{branch}}: {{count}} commits',
    },
    versionPicker: {
      newest: 'Newest release',
      newestIs: 'Newest release ({{version}})',
    },
    backupPicker: {
      loading: 'Looking for backups…',
      none: 'There is no backup to restore.',
      today: 'today {{time}}',
      backup: '{{time}} · {{level}} · {{size}}',
      replaced: '{{time}} · {{level}} · {{size}} · pre-restore copy',
      current: '{{time}} · {{level}} · {{size}} · current',
      failed: 'The backups could not be listed',
    },
    shipReview: {
      label: 'Plans of the shipment',
      loading: 'Computing the plans of release, migration and deployment…',
      loaded: 'The plans are ready: {{title}}.',
      loadedRefused:
        'The plans are ready, but one of them may not run: {{title}}.',
      failed: 'The plans could not be computed: {{message}}',
      blocked: blockedMessage,
      incomplete: {
        title: 'Component and environment are not chosen yet',
        description:
          'Go back and choose what to ship, and where to; the plans appear here.',
      },
      title: {
        ship: 'Ship {{name}} {{version}} to {{environment}}',
        nothing: 'Nothing to ship: {{environment}} has {{name}} {{version}}',
      },
      facts:
        'release plan {{release}}, migration plan {{migration}}, deployment plan {{deployment}}: if anything changes before they run, nothing begins',
      noPlan: 'none',
      refused:
        'One of the plans may not run, so that nothing begins. It says why below.',
      nothing: 'Everything is as it would be afterwards: nothing is to do.',
      breaking_one: 'Breaking change',
      breaking_other: 'Breaking changes',
      migration: {
        migrate_one:
          'Migrate {{environment}} database {{from}} -> {{to}} ({{count}} migration, all or nothing)',
        migrate_other:
          'Migrate {{environment}} database {{from}} -> {{to}} ({{count}} migrations, all or nothing)',
        create_one:
          'Create {{environment}} database at {{to}} ({{count}} migration, all or nothing)',
        create_other:
          'Create {{environment}} database at {{to}} ({{count}} migrations, all or nothing)',
        caches: 'Rebuild the caches of {{environment}} database, at {{to}}',
        none: 'Nothing to migrate: {{environment}} database is at {{to}}',
        refused: '{{environment}} database cannot be migrated',
      },
      zeros:
        'The zeros stand for the release commit, which is made first. This plan runs on that commit and on no other.',
    },
    environmentPicker: {
      loading: 'Loading the environments…',
      failed: 'The environments could not be loaded',
      denied: 'You may not see the environments',
      deniedHint: 'Ask your platform team.',
      unknown: {
        title: '{{name}} is not an environment here.',
        noDatabase: '{{name}} has no database that can be migrated from here.',
        noDeployment: '{{name}} cannot be deployed to from here.',
        noSource: 'Nothing is promoted from {{name}} to this environment.',
        notFirst:
          'Nothing is shipped to {{name}}: it takes over what another environment has, or has neither database nor overlays.',
        choose: 'Configured: {{names}}.',
        blocked: unknownEnvironmentMessage,
      },
      rules: {
        promotesFrom:
          '{{name}} takes over what {{source}} has; another version gets in only to go back.',
        approval: 'In {{name}} a change lands when somebody else merges it.',
        apply:
          'A deployment to {{name}} is applied to the cluster {{cluster}}.',
      },
      empty: {
        title: 'No environment can be migrated from here',
        deploy: 'No environment can be deployed to from here',
        deployDescription:
          'Your platform team names them, and the repository that holds their overlays, in its configuration:',
        noSource: 'There is no other environment to promote to {{target}} from',
        description:
          'Your platform team names them, and where their databases are, in its configuration:',
      },
    },
  },
});
