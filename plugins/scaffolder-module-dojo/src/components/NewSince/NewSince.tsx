import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type { AnswerState } from 'backstage-plugin-dojo-react';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { keptReviews } from './keptReviews';

type IsNew = (part: string) => boolean;

const nothingIsNew: IsNew = () => false;
const NewSinceContext = createContext<IsNew>(nothingIsNew);

/** Whether a part of the plan that is shown was not there when the same was reviewed last. */
export function useIsNew(): IsNew {
  return useContext(NewSinceContext);
}

/** Properties of {@link NewSince}. */
export interface NewSinceProps<TResult> {
  /** Hash of the plan that the form holds; the one of its opening is what the new plan is compared with. */
  readonly reviewed: string | undefined;
  /** What the plan is asked for with; absent: it is not complete. */
  readonly body: object | undefined;
  readonly state: AnswerState<TResult>;
  /** Hash that goes with the form for the plan that is shown; absent: none does. */
  readonly planHash: string | undefined;
  readonly partsOf: (result: TResult) => readonly string[];
  readonly children: ReactNode;
}

/** Around a review: says that the plan changed since the last one with the same choices, and lets its parts mark what is new. */
export function NewSince<TResult>(props: NewSinceProps<TResult>) {
  const { reviewed, body, state, planHash, partsOf, children } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  // The form loses it as soon as there is a new plan.
  const [first] = useState(reviewed);
  const [before] = useState(() =>
    reviewed === undefined ? undefined : keptReviews.of(reviewed),
  );
  const asked = JSON.stringify(body);
  const parts = useMemo(
    () => (state.kind === 'loaded' ? partsOf(state.result) : undefined),
    [state, partsOf],
  );
  useEffect(() => {
    if (parts === undefined || planHash === undefined) return;
    keptReviews.keep(planHash, { asked, parts: new Set(parts) });
  }, [asked, parts, planHash]);
  const isNew = useMemo<IsNew>(
    () =>
      before === undefined || before.asked !== asked || first === planHash
        ? nothingIsNew
        : part => !before.parts.has(part),
    [before, asked, first, planHash],
  );
  return (
    <NewSinceContext.Provider value={isNew}>
      {parts?.some(isNew) && (
        <Alert
          status="info"
          icon
          title={t('newSince.title')}
          description={t('newSince.description')}
        />
      )}
      {children}
    </NewSinceContext.Provider>
  );
}
