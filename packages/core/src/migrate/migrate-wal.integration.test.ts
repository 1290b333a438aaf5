import { existsSync } from 'node:fs';
import { installPythonDuckdbs } from 'dojo-testing';
import { LedgerFixture } from './__testUtils__/ledger-fixture';

jest.setTimeout(120_000);

/** More than a row group of DuckDB (122,880): 1.3 and 1.4 write it to the WAL, and replaying it fills the file. */
const rows = 130_000;

const core = `CREATE TABLE t (id BIGINT PRIMARY KEY);
INSERT INTO t SELECT range FROM range(${rows});
`;

describe('migrate', () => {
  describe('when an app of any version that it reads was killed with all it did in the WAL', () => {
    it('folds it in, and takes what replaying writes for no change by somebody else', async () => {
      // What 2.0 writes of its own accord is refused (migrate-places.integration.test.ts).
      const apps = installPythonDuckdbs().filter(
        ({ name }) => !name.endsWith(' 2.0.0'),
      );
      for (const app of apps) {
        const fixture = new LedgerFixture({
          '0001_core.sql': core,
          '0002_more.sql': 'ALTER TABLE t ADD COLUMN a INTEGER;\n',
        });
        app.runAndDie(
          fixture.database,
          `${core}
           CREATE TABLE applied_migrations (id VARCHAR PRIMARY KEY, applied_at TIMESTAMP DEFAULT now());
           INSERT INTO applied_migrations (id) VALUES ('0001');`,
        );
        expect(existsSync(`${fixture.database}.wal`)).toBe(true);

        const result = await fixture.migrate();
        expect({ app: app.name, applied: result.applied }).toEqual({
          app: app.name,
          applied: ['0002_more'],
        });
        const query = 'SELECT count(*), count(a) FROM t';
        expect(await fixture.query(query)).toEqual([[String(rows), '0']]);
        fixture.remove();
      }
    });
  });
});
