import { Alert } from '@backstage/ui';
import { useDenial } from './useDenial';
import { useMay } from './useMay';
import type { Verb, VerbPlace } from './verbs';

/** Says on the first page of a form what the reader may not do; nothing where that is allowed or not known yet. */
export function DenialAlert(props: VerbPlace & { readonly verb: Verb }) {
  const { verb, component, environment } = props;
  const may = useMay(verb, { component, environment });
  const { message, hint } = useDenial(verb, { component, environment });
  if (component === undefined || may !== 'no') return null;
  return <Alert status="warning" icon title={message} description={hint} />;
}
