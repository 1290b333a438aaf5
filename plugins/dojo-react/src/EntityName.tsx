import { parseEntityRef } from '@backstage/catalog-model';
import {
  entityRouteParams,
  entityRouteRef,
  useEntityPresentation,
} from '@backstage/plugin-catalog-react';
import { routeResolutionApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { literalText } from './literalText';

/**
 * The name of an entity as people know it, which leads to its page where the app has one. What is no entity ref, such as
 * the author of a commit, is said as it is.
 *
 * @param props.entityRef - As an engine tells it: of foreign text, too.
 */
export function EntityName(props: {
  readonly entityRef: string;
  /** What the words around it say already; default: an entity that is not in the catalog is said with its kind. */
  readonly defaultKind?: string;
}) {
  const { entityRef, defaultKind } = props;
  return isEntityRef(entityRef) ? (
    <KnownEntity entityRef={entityRef} defaultKind={defaultKind} />
  ) : (
    <>{literalText(entityRef)}</>
  );
}

function KnownEntity(props: {
  readonly entityRef: string;
  readonly defaultKind: string | undefined;
}) {
  const { entityRef, defaultKind } = props;
  const { primaryTitle, secondaryTitle } = useEntityPresentation(entityRef, {
    defaultKind,
    defaultNamespace: 'default',
  });
  const toEntity = useApi(routeResolutionApiRef).resolve(entityRouteRef);
  const name = literalText(primaryTitle);
  if (!toEntity) return <>{name}</>;
  return (
    <Link href={toEntity(entityRouteParams(entityRef))} title={secondaryTitle}>
      {name}
    </Link>
  );
}

/** In full: a name alone is more likely somebody's than an entity's. */
function isEntityRef(text: string): boolean {
  if (!/^[a-z]+:[^/\s]+\/[^/\s]+$/i.test(text)) return false;
  try {
    parseEntityRef(text);
    return true;
  } catch {
    return false;
  }
}
