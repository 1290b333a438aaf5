import { mockCredentials } from '@backstage/backend-test-utils';

/** Something to do with the component `ledger` in `dev`. */
export const request = (choices: object = {}) => ({
  component: 'ledger',
  environment: 'dev',
  choices,
});

/** As a user who does not cancel. */
export const options = {
  credentials: mockCredentials.user(),
  signal: new AbortController().signal,
};
