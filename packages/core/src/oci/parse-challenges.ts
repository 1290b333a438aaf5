/** One challenge of a `WWW-Authenticate` header; scheme and parameter names in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly params: Readonly<Record<string, string>>;
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const parameter = new RegExp(
  `^(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))`,
);
const scheme = new RegExp(`^(${token})(?=\\s|,|$)`);

/** Longer headers are cut: no registry's challenge comes near it. */
const maxLength = 8_192;

/** Parses the challenges of a `WWW-Authenticate` header (RFC 9110 §11.6.1); what does not parse is left out. */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; params: Record<string, string> }[] = [];
  let rest = header.slice(0, maxLength).trimStart();
  while (rest !== '') {
    const pair = parameter.exec(rest);
    const name = pair === null ? scheme.exec(rest) : null;
    const current = challenges[challenges.length - 1];
    if (pair !== null && current !== undefined) {
      const value = pair[2]?.replace(/\\(.)/g, '$1') ?? pair[3];
      current.params[pair[1].toLowerCase()] = value;
    } else if (name !== null) {
      challenges.push({ scheme: name[1].toLowerCase(), params: {} });
    }
    const length = (pair ?? name)?.[0].length ?? 1;
    rest = rest.slice(length).replace(/^[\s,]+/, '');
  }
  return challenges;
}
