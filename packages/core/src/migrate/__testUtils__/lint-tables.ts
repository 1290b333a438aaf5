/** What a statement of a lint case meets: tables that are bare, indexed, keyed, or referred to. */
export const table = 'CREATE TABLE t (a INTEGER, b INTEGER)';
export const indexed = `${table}; CREATE INDEX t_a ON t(a)`;
export const keyed =
  'CREATE TABLE t (a INTEGER, id INTEGER PRIMARY KEY, b INTEGER, u INTEGER UNIQUE, c INTEGER CHECK (c > 0))';
export const related =
  'CREATE TABLE p (id INTEGER PRIMARY KEY, n INTEGER); CREATE TABLE t (a INTEGER, pid INTEGER REFERENCES p(id), b INTEGER)';
