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
    },
    firstFew: {
      showFirst: 'Show the first {{shown}} only',
    },
  },
});
