import { readFiles } from './__testUtils__/sql-files';
import type { DatabaseFile } from './database-state';
import type { SqlFile } from './files/migration';
import { textFindings } from './text-findings';

const { set } = readFiles({
  '0001_core.sql': '',
  '0002_tags.sql': 'SELECT ?',
  'caches/t.sql': '-- dojo:spilt\nSELECT 1',
});
const [core, tags] = set.migrations;

/** A database that has run these, each with the bytes that are named. */
const database = (...applied: [SqlFile, string][]) => ({
  file: {
    applied: applied.map(([{ id, tokenChecksum }, checksum]) => ({
      id,
      meta: { checksum, tokenChecksum, engine: 'v1.5.5' },
    })),
  } as unknown as DatabaseFile,
});

const codes = (...args: Parameters<typeof textFindings>) =>
  textFindings(...args).map(({ code }) => code);

describe('textFindings', () => {
  it('finds what is wrong with each file where there is no database', () => {
    const all = ['FILE_EMPTY', 'SQL_PARAMETER', 'DIRECTIVE_UNKNOWN'];
    expect(codes(undefined, set)).toEqual(all);
    expect(codes({}, set)).toEqual(all);
  });

  it('leaves alone what ran with these very bytes, and no other', () => {
    const applied = database([core, core.checksum], [tags, core.checksum]);
    expect(codes(applied, set)).toEqual(['SQL_PARAMETER', 'DIRECTIVE_UNKNOWN']);
  });

  it('does not read the text of what ran with these very bytes', () => {
    const unread = new Proxy(core, {
      get: (file, name: keyof SqlFile) => {
        if (name === 'id' || name === 'checksum') return file[name];
        throw new Error(`${name} was read`);
      },
    });
    expect(
      codes(database([core, core.checksum]), {
        migrations: [unread],
        caches: [],
      }),
    ).toEqual([]);
  });
});
