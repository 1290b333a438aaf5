import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import type { Assertion } from './migration';
import { lexSql } from '../sql/sql-lexer';
import type { SqlToken } from '../sql/sql-lexer';
import { splitStatements } from '../sql/split-statements';

/** What the comments above the first statement ask for. */
export interface Directives {
  readonly split: boolean;
  readonly breaking: boolean;
  readonly irreversible: boolean;
  readonly asserts: readonly Assertion[];
}

const known = [
  'dojo:split',
  'dojo:assert',
  'dojo:breaking',
  'dojo:irreversible',
] as const;
const lineDirective = /^--\s*(dojo:[^\s;]*)/i;
const blockDirective = /^\/\*[\s*]*dojo:/i;
const queries = new Set(['SELECT', 'WITH', 'FROM', 'VALUES', 'TABLE']);

/** Reads `-- dojo:` comments: those above the first statement count, any other is a finding. */
export function readDirectives(
  path: string,
  tokens: readonly SqlToken[],
): { directives: Directives; findings: MigrationFinding[] } {
  const findings: MigrationFinding[] = [];
  const names = new Set<string>();
  const asserts: Assertion[] = [];
  const first = tokens.findIndex(({ kind }) => kind !== 'comment');
  const header = first < 0 ? tokens.length : first;
  tokens.forEach((token, at) => {
    if (token.kind !== 'comment') return;
    const found = readDirective(token, at < header);
    if (found === undefined) return;
    if ('code' in found) {
      findings.push({
        ...found,
        severity: 'error',
        file: path,
        line: token.line,
      });
    } else if (found.name === 'dojo:assert') {
      asserts.push({ sql: found.rest, line: token.line });
    } else names.add(found.name);
  });
  return {
    directives: {
      split: names.has('dojo:split'),
      breaking: names.has('dojo:breaking'),
      irreversible: names.has('dojo:irreversible'),
      asserts,
    },
    findings,
  };
}

type Found =
  | { readonly name: (typeof known)[number]; readonly rest: string }
  | Pick<MigrationFinding, 'code' | 'message' | 'hint'>
  | undefined;

function readDirective({ text }: SqlToken, inHeader: boolean): Found {
  if (blockDirective.test(text)) {
    return {
      code: 'DIRECTIVE_IN_BLOCK_COMMENT',
      message: 'a directive in a block comment is not read',
      hint: 'Write it on a line of its own: -- dojo:…',
    };
  }
  const [whole = '', written] = lineDirective.exec(text) ?? [];
  if (written === undefined) return undefined;
  const rest = text.slice(whole.length).trimStart();
  const name = known.find(each => each === written.toLowerCase());
  if (name === undefined) {
    return {
      code: 'DIRECTIVE_UNKNOWN',
      message: `there is no directive ${written}`,
      hint: `Known are ${known.join(', ')}.`,
    };
  }
  if (!inHeader) {
    return {
      code: 'DIRECTIVE_LATE',
      message: `${name} stands after the first statement, where it is not read`,
      hint: 'Move it above the first statement: a directive is for the whole file.',
    };
  }
  return name === 'dojo:assert' ? readAssert(rest.trim()) : { name, rest };
}

function readAssert(written: string): Found {
  const { tokens, problem } = lexSql(written);
  const statements = splitStatements(written, tokens);
  const [only] = statements;
  if (
    problem ||
    statements.length !== 1 ||
    only === undefined ||
    only.statement.kind !== 'other' ||
    !queries.has(only.tokens[0]?.text.toUpperCase() ?? '')
  ) {
    return {
      code: 'ASSERT_INVALID',
      message: `dojo:assert takes one query on its line, not ${
        written === '' ? 'nothing' : JSON.stringify(written.slice(0, 80))
      }`,
      hint: 'Write -- dojo:assert SELECT …: it passes with no row, or with one value that is TRUE.',
    };
  }
  return { name: 'dojo:assert', rest: only.statement.text };
}
