import fc from 'fast-check';
import { lexSql } from './sql-lexer';
import { tokenChecksum } from './token-checksum';

const seed = 20261122;
const of = (sql: string) => tokenChecksum(lexSql(sql).tokens);
const sql = 'SELECT a, \'x\' || "b" FROM t WHERE a<-1;';

describe('tokenChecksum', () => {
  it.each<[string, string]>([
    ['a comment', 'SELECT a, \'x\' || /* why */ "b" FROM t WHERE a<-1; -- so'],
    ['white space', 'SELECT a ,\'x\'||"b"\n\tFROM t\u00A0WHERE a < - 1 ;'],
    ['CRLF', 'SELECT a, \'x\' || "b"\r\nFROM t WHERE a<-1;\r\n'],
    ['a byte order mark', `\uFEFF${sql}`],
  ])('is the same with another %s', (_, changed) => {
    expect(of(changed)).toBe(of(sql));
  });

  it('is the same for line ends of either kind in a string', () => {
    expect(of("SELECT 'a\r\nb'")).toBe(of("SELECT 'a\nb'"));
  });

  it.each<[string, string]>([
    ['literal', sql.replace("'x'", "'y'")],
    ['space in a literal', sql.replace("'x'", "'x '")],
    ['operator', sql.replace('||', '<>')],
    ['case of a keyword', sql.replace('FROM', 'from')],
    ['quoting', sql.replace('"b"', 'b')],
    ['cut', sql.replace('a<-1', 'a<1')],
  ])('differs with another %s', (_, changed) => {
    expect(of(changed)).not.toBe(of(sql));
  });

  it('does not tell what stands between tokens, and does tell every token', () => {
    const token = fc.constantFrom(
      'a',
      '1',
      "'s'",
      '"q"',
      '(',
      ',',
      ';',
      '$$x$$',
    );
    const gap = fc.constantFrom(
      ' ',
      '\n',
      '\r\n',
      ' /* ; */ ',
      ' -- x\n',
      '\t',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(token, gap, gap), { minLength: 1 }),
        fc.nat(),
        (parts, index) => {
          const one = parts.map(([text, left]) => text + left).join('');
          const two = parts.map(([text, , right]) => text + right).join('');
          expect(of(two)).toBe(of(one));
          const at = index % parts.length;
          const shorter = parts.filter((_, each) => each !== at);
          expect(
            of(shorter.map(([text, left]) => text + left).join('')),
          ).not.toBe(of(one));
        },
      ),
      { seed },
    );
  });
});
