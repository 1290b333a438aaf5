import type { SqlToken } from './sql-lexer';

/** A name, perhaps with schema and database before it. */
export interface SqlName {
  /** Its parts as {@link comparedName} has them, without a schema that is `main`: equal names are equal. */
  readonly compared: string;
  readonly written: string;
}

/** Reads the tokens of a statement from the front. */
export class TokenCursor {
  #at = 0;
  readonly #tokens: readonly SqlToken[];

  constructor(tokens: readonly SqlToken[]) {
    this.#tokens = tokens;
  }

  /** The next token in capitals, whatever it is; empty at the end. */
  take(): string {
    const text = this.#tokens[this.#at]?.text ?? '';
    this.#at += 1;
    return text.toUpperCase();
  }

  isNext(...words: readonly string[]): boolean {
    const next = this.#tokens[this.#at];
    return next?.kind === 'word' && words.includes(next.text.toUpperCase());
  }

  /** Goes past these words, if they all follow. */
  skip(...words: readonly string[]): boolean {
    const follow = words.every((word, index) => {
      const token = this.#tokens[this.#at + index];
      return token?.kind === 'word' && token.text.toUpperCase() === word;
    });
    if (follow) this.#at += words.length;
    return follow;
  }

  /** Undefined, and nothing taken: something else follows. */
  name(): SqlName | undefined {
    const parts: SqlToken[] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token?.kind !== 'word' && token?.kind !== 'quoted') break;
      parts.push(token);
      this.#at += 1;
      if (this.#tokens[this.#at]?.text !== '.') break;
      this.#at += 1;
    }
    if (parts.length === 0) return undefined;
    return {
      compared: parts
        .slice(-2)
        .map(comparedName)
        .filter((part, at, all) => at === all.length - 1 || part !== 'main')
        .join('.'),
      written: parts.map(({ text }) => text).join('.'),
    };
  }

  /** What was not taken yet. */
  rest(): readonly SqlToken[] {
    return this.#tokens.slice(this.#at);
  }
}

/** DuckDB compares names without the case of ASCII's letters, quoted or not. Quotes stay where they part a name. */
export function comparedName({
  kind,
  text,
}: Pick<SqlToken, 'kind' | 'text'>): string {
  const lower = text.replace(/[A-Z]+/g, letters => letters.toLowerCase());
  return kind === 'quoted' && !/[."]/.test(lower.slice(1, -1))
    ? lower.slice(1, -1)
    : lower;
}

/** A table or view of the catalog, as a statement's name of it is compared. */
export function comparedPath(schema: string, name: string): string {
  const quoted = (part: string) =>
    comparedName({ kind: 'quoted', text: `"${part.replaceAll('"', '""')}"` });
  const bare = quoted(name);
  const prefix = quoted(schema);
  return prefix === 'main' ? bare : `${prefix}.${bare}`;
}

/** A name, written or compared, before and after its last dot; a dot within quotes parts nothing. */
export function splitName(name: string): {
  /** With its dot; empty where there is none. */
  readonly schema: string;
  readonly bare: string;
} {
  let dot = -1;
  let isQuoted = false;
  for (let at = 0; at < name.length; at += 1) {
    // A doubled quote ends a quoted part and begins the next: within one all the same.
    if (name[at] === '"') isQuoted = !isQuoted;
    else if (name[at] === '.' && !isQuoted) dot = at;
  }
  return { schema: name.slice(0, dot + 1), bare: name.slice(dot + 1) };
}

/** Whether a token is this unquoted word or symbol. */
export function isText(token: SqlToken | undefined, text: string): boolean {
  return (
    token !== undefined &&
    token.kind !== 'string' &&
    token.kind !== 'quoted' &&
    token.text.toUpperCase() === text
  );
}

/** How deep in parentheses each token is; an opening one counts as outside of what it opens. */
export function depths(tokens: readonly SqlToken[]): number[] {
  let depth = 0;
  return tokens.map(({ kind, text }) => {
    if (kind !== 'symbol') return depth;
    if (text === ')' || text === ']' || text === '}') depth -= 1;
    const own = depth;
    if (text === '(' || text === '[' || text === '{') depth += 1;
    return own;
  });
}

/**
 * Tokens as SQL again, apart where they were.
 * @param texts instead of theirs, one a token.
 */
export function toSql(
  tokens: readonly SqlToken[],
  texts: readonly string[] = tokens.map(({ text }) => text),
): string {
  return tokens
    .map(({ offset }, at) => {
      const before = tokens[at - 1];
      const touches =
        before === undefined || before.offset + before.text.length === offset;
      return touches ? texts[at] : ` ${texts[at]}`;
    })
    .join('');
}
