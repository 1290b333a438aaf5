/** An answer of the API. */
export interface GithubAnswer {
  readonly status: number;
  readonly json: unknown;
  readonly headers?: Record<string, string>;
}

const documentation = 'https://docs.github.com/rest';

/** A refusal in GitHub's form. */
export function failure(status: number, message: string): GithubAnswer {
  return {
    status,
    json: { message, documentation_url: documentation, status: `${status}` },
  };
}

/** A 422 that names the field. */
export function invalid(
  resource: string,
  error: {
    readonly code: string;
    readonly field?: string;
    readonly message?: string;
  },
): GithubAnswer {
  return {
    status: 422,
    json: {
      message: 'Validation Failed',
      errors: [{ resource, ...error }],
      documentation_url: documentation,
    },
  };
}

/** Another address of the same. */
export function moved(method: string, location: string): GithubAnswer {
  return {
    status: method === 'GET' ? 301 : 307,
    headers: { location },
    json: {
      message: 'Moved Permanently',
      url: location,
      documentation_url: documentation,
    },
  };
}
