import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Texts of the kit itself; override them with a `TranslationBlueprint`. @public */
export const dojoReactTranslationRef = createTranslationRef({
  id: 'dojo-react',
  messages: {
    effectList: {
      title: 'What will happen',
      already: 'already there',
    },
    failureAlert: {
      retry: 'Retry',
      change: 'Change the choices',
      signIn: 'Sign in again',
    },
    relativeTime: {
      justNow: 'just now',
      seconds: '{{amount}} s ago',
      minutes: '{{amount}} min ago',
      hours: '{{amount}} h ago',
      days_one: '{{count}} day ago',
      days_other: '{{count}} days ago',
      for: 'for {{span}}',
      copied: 'Copied: {{time}}',
    },
    healthMark: {
      healthy: 'Healthy',
      'rolling-out': 'Rolling out',
      failed: 'Failed',
      down: 'Down',
      stopped: 'Stopped',
      'not-deployed': 'Not deployed',
      unknown: 'Unknown',
      'not-observed': 'Not observed',
      waiting: 'Waiting for merge',
      drifted: 'Drifted',
      frozen: 'Frozen',
    },
    firstFew: {
      showFirst: 'Show the first {{shown}} only',
    },
  },
});
