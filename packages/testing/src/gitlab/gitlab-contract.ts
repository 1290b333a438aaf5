/** A request to the API, as the contract sees it. */
export interface GitlabRequestToJudge {
  readonly method: string;
  /** `/projects/{id}/merge_requests` */
  readonly template: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly body: Readonly<Record<string, unknown>>;
}

interface Operation {
  /** Values that a parameter takes; empty: any. */
  readonly query: Readonly<Record<string, readonly string[]>>;
  /** Fields of the body that are texts; the first ones are required. */
  readonly body: readonly string[];
  readonly required: number;
}

const none = { query: {}, body: [], required: 0 };

/**
 * The part of GitLab's own description of its REST API v4 (gitlab-org/gitlab, doc/api/openapi/openapi_v3.yaml, and for
 * bodies and approval rules doc/api/merge_requests.md and merge_request_approvals.md) that is used here, written down by
 * hand: the whole has 4 MB and no package carries it. Answers are those of the documentation's examples.
 */
const operations: Readonly<Record<string, Operation>> = {
  'GET /projects/{id}': none,
  'GET /projects/{id}/approval_rules': {
    ...none,
    query: { page: [], per_page: [] },
  },
  'GET /projects/{id}/merge_requests': {
    ...none,
    query: {
      state: ['opened', 'closed', 'locked', 'merged', 'all'],
      order_by: [
        'created_at',
        'label_priority',
        'milestone_due',
        'popularity',
        'priority',
        'title',
        'updated_at',
        'merged_at',
      ],
      sort: ['asc', 'desc'],
      source_branch: [],
      target_branch: [],
      page: [],
      per_page: [],
    },
  },
  'POST /projects/{id}/merge_requests': {
    query: {},
    body: ['title', 'source_branch', 'target_branch', 'description'],
    required: 3,
  },
  'GET /projects/{id}/merge_requests/{merge_request_iid}': none,
  'PUT /projects/{id}/merge_requests/{merge_request_iid}': {
    query: {},
    body: ['title', 'description', 'target_branch', 'state_event'],
    required: 0,
  },
};

/** What in a request is against the description, one sentence each. */
export function requestViolations(request: GitlabRequestToJudge): string[] {
  const { method, template, query, body } = request;
  const name = `${method} ${template}`;
  const operation = operations[name];
  if (operation === undefined) return [`${name} is not described`];
  return [
    ...query.flatMap(([key, value]) => {
      const values = operation.query[key];
      if (values === undefined) return [`${name}: ${key} is not described`];
      return values.length === 0 || values.includes(value)
        ? []
        : [`${name}: ${key} takes no ${value}`];
    }),
    ...Object.entries(body).flatMap(([key, value]) =>
      operation.body.includes(key) && typeof value === 'string'
        ? []
        : [`${name}: the field ${key} is not described so`],
    ),
    ...operation.body
      .slice(0, operation.required)
      .filter(key => body[key] === undefined)
      .map(key => `${name}: ${key} is required`),
  ];
}
