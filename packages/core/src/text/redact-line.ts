const mark = '[redacted]';

/** Names whose value is nobody's to read, as `PGPASSWORD=…`, `"api_key": "…"` and `Authorization: Bearer …` have it. */
const named =
  /((?:pass(?:word|wd|phrase)?|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credentials?|authorization|cookie)["']?\s{0,3}[:=]\s{0,3})(?:(bearer|basic)\s{1,3})?("[^"]{0,2000}"?|'[^']{0,2000}'?|[^\s,;&]{1,2000})/giu;
const bearer = /\b(bearer|basic)\s{1,3}[A-Za-z0-9+/_.~=-]{8,}/giu;
/** `https://user:password@host` */
const inAddress = /(:\/\/)[^\s/@]{1,500}@/gu;
const webToken =
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?/gu;
const knownForms =
  /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|AKIA[A-Z0-9]{16}|xox[abprs]-[\w-]{10,}|sk-[\w-]{20,})/gu;

/**
 * A line that a program wrote, on one line and without what looks like a secret: values of telling names, credentials in
 * addresses and headers, tokens by their form. What looks like nothing of the kind stays, whatever it is, so that this is
 * a net and no proof: who may read lines is a permission of its own.
 */
export function redactLine(line: string): string {
  return line
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(named, (_, name: string) => `${name}${mark}`)
    .replace(bearer, `$1 ${mark}`)
    .replace(inAddress, `$1${mark}@`)
    .replace(webToken, mark)
    .replace(knownForms, mark)
    .trimEnd();
}
