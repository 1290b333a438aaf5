import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DojoFailure } from 'backstage-plugin-dojo-react';
import { componentName } from '../../components/componentName';
import { VERB_DENIED } from '../../components/PlanReview/VERB_DENIED';
import { scaffolderDojoTranslationRef } from '../../translation';
import type { Verb, VerbPlace } from './verbs';

/** Says what the reader may not do; it names the component and the environment, and nothing else of them. */
export function useDenial(verb: Verb, place: VerbPlace): DojoFailure {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const { component = '', environment } = place;
  const words = { name: nameOf(component), environment: environment ?? '' };
  return {
    code: VERB_DENIED,
    message:
      environment === undefined
        ? t(`mayNot.${verb}`, words)
        : t(`mayNotIn.${verb}`, words),
    hint: t('mayNot.hint'),
    denied: true,
    mayPass: false,
  };
}

/** A link may hold what is no entity ref. */
function nameOf(component: string): string {
  try {
    return componentName(component);
  } catch {
    return component;
  }
}
