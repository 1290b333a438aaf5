import type {
  DeliveryMeasures,
  DojoClient,
  DojoRequestOptions,
} from 'backstage-plugin-dojo-common';
import { useAnswer } from 'backstage-plugin-dojo-react';
import { useRef } from 'react';

interface Question {
  readonly component: string;
  readonly days: 30 | 90;
  /** Of the delivery: what is newer is asked for again. */
  readonly generation: string;
}

const ask = (
  client: DojoClient,
  { component, days }: Question,
  options: DojoRequestOptions,
) => client.getMeasures(component, { days }, options);

/** The measures of a component; while newer ones are on their way, those that were shown stay. */
export function useMeasures(question: Question) {
  const { state, retry } = useAnswer(question, ask);
  const shown = useRef<{ days: number; measures: DeliveryMeasures }>();
  if (state.kind === 'loaded')
    shown.current = { days: question.days, measures: state.result };
  const kept =
    shown.current?.days === question.days ? shown.current.measures : undefined;
  return {
    measures: state.kind === 'loaded' ? state.result : kept,
    failure: state.kind === 'failed' ? state.failure : undefined,
    retry,
  };
}
