import { GithubContract } from './github-contract';
import type { Exchange } from './github-contract';

const contract = new GithubContract();
const exchange = (change: Partial<Exchange>): Exchange => ({
  method: 'POST',
  template: '/repos/{owner}/{repo}/releases',
  query: [],
  requestBody: { tag_name: 'v1.0.0' },
  status: 201,
  responseBody: contract.example('release'),
  ...change,
});

describe('GithubContract', () => {
  it("agrees with the description's own example", () => {
    expect(contract.violations(exchange({}))).toEqual([]);
  });

  it.each<[string, Partial<Exchange>, string]>([
    ['an endpoint', { template: '/repos/{owner}/{repo}/release' }, 'is not in'],
    ['a query parameter', { query: ['per_pages'] }, 'per_pages'],
    [
      'a misspelt field',
      { requestBody: { tag_name: 'v1', makeLatest: 'true' } },
      'additional properties',
    ],
    [
      'a field of another type',
      { requestBody: { tag_name: 1 } },
      '/tag_name must be string',
    ],
    [
      'a value',
      { requestBody: { tag_name: 'v1', make_latest: 'maybe' } },
      '/make_latest',
    ],
    ['a missing field', { requestBody: {} }, "required property 'tag_name'"],
    ['a status', { status: 418 }, 'this status is not described'],
    [
      'an answer',
      { responseBody: { tag_name: 'v1.0.0' } },
      "required property 'html_url'",
    ],
    [
      'an error that is none',
      { status: 422, responseBody: {} },
      "required property 'message'",
    ],
  ])('names %s that GitHub does not know', (_, change, expected) => {
    expect(contract.violations(exchange(change)).join('\n')).toContain(
      expected,
    );
  });
});
