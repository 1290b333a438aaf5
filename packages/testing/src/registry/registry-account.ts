/** The account that a test registry with `auth` knows; its password needs encoding in a URL. */
export const registryAccount = {
  username: 'robot',
  password: 'r3g/istry+p&ss=w%rd',
} as const;

/** bcrypt of the password above: Node has no bcrypt of its own. */
export const registryPasswordHash =
  '$2a$05$nnO5iqos00xgM9x1iKlN0.R1R0Ov5B65mZyTk66tSnVqQGeGYsKSi';
