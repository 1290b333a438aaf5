import {
  ANNOTATION_EDIT_URL,
  ANNOTATION_LOCATION,
  type Entity,
} from '@backstage/catalog-model';

/**
 * The file that an entity is written in, as the catalog says it.
 *
 * @returns with `href` where a browser can open it; where the catalog does not tell, the name that such files have.
 */
export function fileOfEntity({ metadata: { annotations } }: Entity): {
  readonly name: string;
  readonly href?: string;
} {
  const location = annotations?.[ANNOTATION_LOCATION] ?? '';
  const [, type, target] = /^(url|file):(.+)$/.exec(location) ?? [];
  if (target === undefined) return { name: 'catalog-info.yaml' };
  if (type === 'file') return { name: target };
  const href = annotations?.[ANNOTATION_EDIT_URL] ?? target;
  return isWebAddress(href) ? { name: target, href } : { name: target };
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}
