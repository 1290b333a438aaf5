/** What the page at an address is called, where Backstage leaves it without a title of its own. */
export type PageTitle =
  | { readonly kind: 'fixed'; readonly title: string }
  /** Named by what a backend knows: `title` until it has answered. */
  | { readonly kind: 'asked'; readonly title: string; readonly url: string };

const fixed: Readonly<Record<string, string>> = {
  '/create/tasks': 'Tasks',
  '/deliveries': 'Deliveries',
  '/settings': 'Settings',
};

/** @returns undefined for pages that have titles of their own. */
export function titleOf(pathname: string): PageTitle | undefined {
  const path = pathname.replace(/\/+$/, '');
  if (Object.hasOwn(fixed, path)) return { kind: 'fixed', title: fixed[path] };
  const [, namespace, name] =
    /^\/create\/templates\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  if (name !== undefined) {
    return {
      kind: 'asked',
      title: 'Create',
      url: `plugin://catalog/entities/by-name/template/${namespace}/${name}`,
    };
  }
  const [, task] = /^\/create\/tasks\/([^/]+)$/.exec(path) ?? [];
  return task === undefined
    ? undefined
    : {
        kind: 'asked',
        title: 'Task',
        url: `plugin://scaffolder/v2/tasks/${task}`,
      };
}

interface Titled {
  readonly metadata?: { readonly title?: unknown; readonly name?: unknown };
}

interface Answer extends Titled {
  readonly spec?: {
    readonly parameters?: { readonly component?: unknown };
    readonly templateInfo?: { readonly entity?: Titled };
  };
}

/** The title in what the backend answered, of a template or of a task: `Release a component: ledger`. */
export function titleIn(answer: unknown): string | undefined {
  const { metadata, spec } = (answer ?? {}) as Answer;
  const { title, name } =
    spec?.templateInfo?.entity?.metadata ?? metadata ?? {};
  const what = [title, name].find(each => typeof each === 'string');
  const component = spec?.parameters?.component;
  if (typeof what !== 'string') return undefined;
  return typeof component === 'string'
    ? `${what}: ${component.replace(/^.*[:/]/, '')}`
    : what;
}
