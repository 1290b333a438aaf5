import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  dojoReactTranslationRef,
  literalText,
} from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../translation';
import type { DeliveriesView } from './deliveriesView';
import { flagKeys } from './deliveryWords';

/** The words of what narrows the rows, as in "No component matches: drifted, led." */
export function useFilterWords(view: DeliveriesView): readonly string[] {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { t: tKit } = useTranslationRef(dojoReactTranslationRef);
  const { flag, state, environment, owner, system, q } = view;
  return [
    flag && t(flagKeys[flag]).toLocaleLowerCase(),
    state && tKit(`healthMark.${state}`).toLocaleLowerCase(),
    environment,
    owner && shortRef(owner),
    system && shortRef(system),
    q,
  ].flatMap(word => (word ? [literalText(word)] : []));
}

/** An entity ref as people say it: its name. */
export function shortRef(ref: string): string {
  return ref.replace(/^(?:[^:/]*:)?(?:[^/]*\/)?/, '');
}
