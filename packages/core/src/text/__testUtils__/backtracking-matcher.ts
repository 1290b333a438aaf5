/** Tries to match at a place, and goes on with what follows. */
type Matcher = (at: number, then: (end: number) => boolean) => boolean;

/** What a matcher needs beside the place. */
interface Matching {
  readonly text: string;
  /** Called for each character that is looked at. */
  readonly onStep: () => void;
}

let matching: Matching = { text: '', onStep: () => undefined };
const known = new Map<string, Matcher>();
/** What a matcher of one character goes past, or -1: many of them in a row need no room on the stack. */
const characters = new WeakMap<Matcher, (at: number) => number>();

class Reader {
  #at = 0;
  readonly #source: string;
  readonly #flags: string;

  constructor(expression: RegExp) {
    this.#source = expression.source;
    this.#flags = expression.flags.replace(/[dgy]/g, '');
  }

  read(): Matcher {
    const matcher = this.#alternatives();
    if (this.#at < this.#source.length) throw new Error(this.#source);
    return matcher;
  }

  #alternatives(): Matcher {
    const all = [this.#sequence()];
    while (this.#skip('|')) all.push(this.#sequence());
    return (at, then) => all.some(each => each(at, then));
  }

  #sequence(): Matcher {
    const all: Matcher[] = [];
    while (this.#at < this.#source.length && !/[|)]/.test(this.#peek())) {
      all.push(this.#quantified());
    }
    return all.reduceRight<Matcher>(
      (rest, one) => (at, then) => one(at, end => rest(end, then)),
      (at, then) => then(at),
    );
  }

  #quantified(): Matcher {
    const one = this.#atom();
    const [written, kind, least = '', comma, most = ''] =
      /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.#source.slice(this.#at)) ??
      [];
    if (written === undefined) return one;
    this.#at += written.length;
    const isLazy = written.length > 1 && written.endsWith('?');
    const from = kind ? Number(kind === '+') : Number(least);
    const bounded = comma === '' ? from : Number(most || Infinity);
    const to = kind ? { '?': 1 }[kind] ?? Infinity : bounded;
    const next = characters.get(one);
    if (next && !isLazy) return greedily(next, from, to);
    const repeat =
      (done: number): Matcher =>
      (at, then) => {
        const more = () =>
          done < to &&
          one(
            at,
            end => (end > at || done < from) && repeat(done + 1)(end, then),
          );
        if (done < from) return more();
        return isLazy ? then(at) || more() : more() || then(at);
      };
    return repeat(0);
  }

  #atom(): Matcher {
    if (this.#skip('(?!')) return this.#lookahead(false);
    if (this.#skip('(?=')) return this.#lookahead(true);
    if (this.#skip('(?<!')) return this.#lookbehind(false);
    if (this.#skip('(?<=')) return this.#lookbehind(true);
    if (this.#skip('(?:') || this.#skipName() || this.#skip('(')) {
      const inner = this.#alternatives();
      if (!this.#skip(')')) throw new Error(this.#source);
      return inner;
    }
    if (this.#skip('^')) {
      const isLine = this.#flags.includes('m');
      return (at, then) =>
        (at === 0 || (isLine && isLineEnd(matching.text[at - 1]))) && then(at);
    }
    if (this.#skip('\\b')) {
      const isWord = (at: number) => /\w/.test(matching.text[at] ?? '');
      return (at, then) => isWord(at - 1) !== isWord(at) && then(at);
    }
    if (this.#skip('$')) {
      const isLine = this.#flags.includes('m');
      return (at, then) =>
        (at === matching.text.length ||
          (isLine && isLineEnd(matching.text[at]))) &&
        then(at);
    }
    const [written] =
      /^(?:\[(?:\\.|[^\]\\])*\]|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\[pP]\{[^}]*\}|\\[^bBkpP1-9]|[^\\[\]()*+?{}|^$])/s.exec(
        this.#source.slice(this.#at),
      ) ?? [];
    if (written === undefined) throw new Error(this.#source);
    this.#at += written.length;
    return this.#character(new RegExp(`^${written}$`, this.#flags));
  }

  #lookahead(isWanted: boolean): Matcher {
    const inner = this.#alternatives();
    this.#skip(')');
    return (at, then) => inner(at, () => true) === isWanted && then(at);
  }

  /** Of one character, which is all that is looked back for here. */
  #lookbehind(isWanted: boolean): Matcher {
    const inner = this.#alternatives();
    this.#skip(')');
    return (at, then) =>
      (at > 0 && inner(at - 1, end => end === at)) === isWanted && then(at);
  }

  #character(allowed: RegExp): Matcher {
    const next = (at: number) => {
      matching.onStep();
      const { text } = matching;
      if (at >= text.length) return -1;
      const one = allowed.unicode
        ? String.fromCodePoint(text.codePointAt(at) ?? 0)
        : text[at];
      return allowed.test(one) ? at + one.length : -1;
    };
    const matcher: Matcher = (at, then) => {
      const end = next(at);
      return end >= 0 && then(end);
    };
    characters.set(matcher, next);
    return matcher;
  }

  #skipName(): boolean {
    const [name] = /^\(\?<\w+>/.exec(this.#source.slice(this.#at)) ?? [];
    return name !== undefined && this.#skip(name);
  }

  #peek(): string {
    return this.#source[this.#at];
  }

  #skip(text: string): boolean {
    const follows = this.#source.startsWith(text, this.#at);
    if (follows) this.#at += text.length;
    return follows;
  }
}

/** As many as there are, then one less each time. */
function greedily(
  next: (at: number) => number,
  from: number,
  to: number,
): Matcher {
  return (at, then) => {
    const ends = [at];
    while (ends.length <= to) {
      const end = next(ends[ends.length - 1]);
      if (end < 0) break;
      ends.push(end);
    }
    for (let done = ends.length - 1; done >= from; done -= 1) {
      if (then(ends[done])) return true;
    }
    return false;
  };
}

function isLineEnd(character: string): boolean {
  return /^[\n\r\u2028\u2029]$/.test(character);
}

function matcherOf(expression: RegExp): Matcher {
  const matcher = known.get(String(expression));
  if (matcher) return matcher;
  const made = new Reader(expression).read();
  known.set(String(expression), made);
  return made;
}

/**
 * Matches as a backtracking engine does, and counts what it looks at: of JavaScript's own nobody hears how often it goes
 * back. Knows what the expressions of this package use, and throws for anything else.
 */
export function matchCounting(
  expression: RegExp,
  text: string,
  start: number,
  onStep: () => void,
): void {
  const matcher = matcherOf(expression);
  matching = { text, onStep };
  for (let at = start; at <= text.length; at += 1) {
    onStep();
    if (matcher(at, () => true) || expression.sticky) return;
  }
}
