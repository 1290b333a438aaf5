import { lexSql } from '../sql/sql-lexer';
import { readDirectives } from './read-directives';

/**
 * Whether the text of a migration says `-- dojo:breaking`: it takes away what earlier versions read. What cannot be read as
 * SQL does not say so.
 */
export function isBreaking(sql: string): boolean {
  return readDirectives('', lexSql(sql).tokens).directives.breaking;
}
