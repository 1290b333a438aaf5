import { lexSql } from './sql-lexer';

describe('lexSql', () => {
  it.each<[string, string, string[]]>([
    ['words and numbers', 'a1 1_0.5e-3 .5 1.', ['a1', '1_0.5e-3', '.5', '1.']],
    ['doubled quotes', `'it''s' "a""b"`, [`'it''s'`, `"a""b"`]],
    [
      'escapes in E-strings only',
      String.raw`E'\';' '\' ;`,
      [String.raw`E'\';'`, String.raw`'\'`, ';'],
    ],
    [
      'an E-string that goes on in the next line',
      "E'a'\n'\\';' b",
      ["E'a'\n'\\';'", 'b'],
    ],
    [
      'dollar quotes',
      '$$;$$ $q$ $$ $q$ a$$b$$',
      ['$$;$$', '$q$ $$ $q$', 'a$$b$$'],
    ],
    ['nested comments', '/* /* ; */ */ a', ['/* /* ; */ */', 'a']],
    ['a comment to the end of its line', "-- ; ' \r\na", ["-- ; ' ", 'a']],
    [
      'operators as PostgreSQL parts them',
      'a<-1 b->>c d||-e',
      ['a', '<', '-', '1', 'b', '->>', 'c', 'd', '||-', 'e'],
    ],
    [
      'comments within operators',
      '1+--2\n3-/**/4',
      ['1', '+', '--2', '3', '-', '/**/', '4'],
    ],
    [
      'casts and assignments',
      'a::b c:=d e:f',
      ['a', '::', 'b', 'c', ':=', 'd', 'e', ':', 'f'],
    ],
    ['parameters', '? ?1 $1 $name $', ['?', '?1', '$1', '$name', '$']],
    [
      'spaces of Unicode and byte order marks',
      '\uFEFFa\u00A0b\u3000c',
      ['a', 'b', 'c'],
    ],
    ['identifiers in any alphabet', 'größe ’x’ 名前', ['größe', '’x’', '名前']],
  ])('reads %s', (_, sql, texts) => {
    const { tokens, problem } = lexSql(sql);
    expect(problem).toBeUndefined();
    expect(tokens.map(({ text }) => text)).toEqual(texts);
  });

  it('tells kinds, offsets and lines, whatever ends them', () => {
    expect(
      lexSql('a\r\n\'b\nc\'\r"d" -- e\n?').tokens.map(
        ({ kind, offset, line }) => [kind, offset, line],
      ),
    ).toEqual([
      ['word', 0, 1],
      ['string', 3, 2],
      ['quoted', 9, 4],
      ['comment', 13, 4],
      ['parameter', 18, 5],
    ]);
  });

  it.each<[string, string, number, string]>([
    ['a string', "a;\n'b\n", 2, "string ' without its closing '"],
    ['an E-string', "a;\nE'b\\'\n", 2, "string E' without its closing '"],
    ['an identifier', 'a;\n\n"b', 3, 'identifier " without its closing "'],
    ['a comment', '\n/* /* */', 2, 'comment /* without its */'],
    ['a dollar quote', 'a $q$ $$\n', 1, 'string $q$ without its closing $q$'],
  ])('says where %s was opened that is never closed', (_, sql, line, what) => {
    expect(lexSql(sql).problem).toEqual({ kind: 'unterminated', line, what });
  });

  it.each(['a\nb \0', "a\n'b\0'", '\n-- \0'])(
    'stops at the NUL byte in %j',
    sql => {
      expect(lexSql(sql).problem).toEqual({
        kind: 'nul',
        line: 2,
        what: 'a NUL byte',
      });
    },
  );

  it('reads a string of a megabyte as one token', () => {
    const sql = `INSERT INTO t VALUES ('${"''".repeat(500_000)}')`;
    expect(lexSql(sql).tokens).toHaveLength(7);
  });
});
