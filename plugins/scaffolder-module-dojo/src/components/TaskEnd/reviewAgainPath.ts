import { parseEntityRef } from '@backstage/catalog-model';

/** What a task says of the form that it came from. */
export interface TaskOrigin {
  readonly parameters: object;
  readonly templateInfo?: { readonly entityRef: string };
}

/**
 * The address of the form that a task came from, filled in as it was then: beside the page of the task, wherever the app has
 * mounted the scaffolder. Undefined where the page is no task's, or the task names no template.
 */
export function reviewAgainPath(
  taskPath: string,
  { parameters, templateInfo }: TaskOrigin,
): string | undefined {
  const [, mount] = /^(.*)\/tasks\/[^/]+\/?$/.exec(taskPath) ?? [];
  if (mount === undefined || templateInfo === undefined) return undefined;
  const { namespace, name } = parseEntityRef(templateInfo.entityRef);
  const formData = encodeURIComponent(JSON.stringify(parameters));
  return `${mount}/templates/${namespace}/${name}?formData=${formData}`;
}
