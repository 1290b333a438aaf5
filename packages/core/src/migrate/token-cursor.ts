import type { SqlToken } from './sql-lexer';

/** Reads tokens from the front. */
export class TokenCursor {
  private at = 0;

  constructor(private readonly tokens: readonly SqlToken[]) {}

  /** The next token in capitals, whatever it is. */
  take(): string {
    const text = this.tokens[this.at]?.text ?? '';
    this.at += 1;
    return text.toUpperCase();
  }

  isNext(...words: readonly string[]): boolean {
    const next = this.tokens[this.at];
    return next?.kind === 'word' && words.includes(next.text.toUpperCase());
  }

  /** Goes past these words, if they all follow. */
  skip(...words: readonly string[]): boolean {
    const follow = words.every((word, index) => {
      const token = this.tokens[this.at + index];
      return token?.kind === 'word' && token.text.toUpperCase() === word;
    });
    if (follow) this.at += words.length;
    return follow;
  }

  /** Whether these words stand next to each other anywhere ahead. */
  holds(...words: readonly string[]): boolean {
    return this.tokens.some((_, start) =>
      words.every(
        (word, index) =>
          start >= this.at &&
          this.tokens[start + index]?.text.toUpperCase() === word,
      ),
    );
  }

  /** A name, with its schema if it is another than `main`; undefined, and nothing taken: something else follows. */
  name(form: 'compared' | 'as written' = 'compared'): string | undefined {
    const parts: string[] = [];
    const start = this.at;
    for (;;) {
      const token = this.tokens[this.at];
      if (token?.kind !== 'word' && token?.kind !== 'quoted') break;
      parts.push(form === 'compared' ? comparedName(token) : token.text);
      this.at += 1;
      if (this.tokens[this.at]?.text !== '.') break;
      this.at += 1;
    }
    if (parts.length === 0) {
      this.at = start;
      return undefined;
    }
    if (form === 'as written') return parts.join('.');
    return parts
      .slice(-2)
      .filter((part, index, all) => index === all.length - 1 || part !== 'main')
      .join('.');
  }

  rest(): readonly SqlToken[] {
    return this.tokens.slice(this.at);
  }
}

/** DuckDB compares names without case, quoted or not. */
export function comparedName({ kind, text }: SqlToken): string {
  return (
    kind === 'quoted' ? text.slice(1, -1).replace(/""/g, '"') : text
  ).toLowerCase();
}
