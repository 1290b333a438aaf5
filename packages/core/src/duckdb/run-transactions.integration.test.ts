import { setOf } from '../migrate/__testUtils__/sql-files';
import { openSession } from './engine/open-session';
import { runTransactions } from './run-transactions';

describe('runTransactions', () => {
  afterEach(() => jest.restoreAllMocks());

  it('measures a COMMIT with the last statement before it', async () => {
    const session = await openSession({ files: [] });
    try {
      let ticks = 0;
      jest.spyOn(performance, 'now').mockImplementation(() => ticks);
      const run = session.run.bind(session);
      jest.spyOn(session, 'run').mockImplementation(async sql => {
        ticks += sql === 'COMMIT' ? 1_000 : 1;
        return run(sql);
      });
      const [file] = setOf({
        '0001_a.sql': 'CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1)',
      }).migrations;
      const report = await runTransactions(
        {
          pending: [{ file, transaction: 'one' }],
          caches: [],
          order: 'file',
        },
        {
          session,
          attached: 'memory',
          database: '/data/ledger.duckdb',
          now: () => new Date(0),
          signal: new AbortController().signal,
          log: () => {},
          onStatement: () => {},
          split: new Set(),
        },
      );
      expect(report.statements.map(({ duration }) => duration)).toEqual([
        1, 1_001,
      ]);
      expect(report.migrations).toMatchObject([{ duration: 1_002 }]);
    } finally {
      session.close();
    }
  });
});
