/** `1 commit`, `2 commits`. */
export function counted(
  count: number,
  one: string,
  many: string = `${one}s`,
): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A sentence as part of another one: without its full stop. */
export function asClause(sentence: string): string {
  return sentence.trim().replace(/\.$/, '');
}

/** `a, b and c`; `last` is the word before the last one. */
export function listed(parts: readonly string[], last = 'and'): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} ${last} ${parts[parts.length - 1]}`;
}

/** `Database 0015` names a level by the digits that its migration begins with. */
export function levelName(migration: string): string {
  return /^\d+/.exec(migration)?.[0] ?? migration;
}

/** A name without what namespaces say: `user:default/owner` is `owner`. */
export function personName(
  person: { readonly ref?: string; readonly name: string } | undefined,
): string | undefined {
  if (person === undefined) return undefined;
  return /^[a-z]+:[^/]+\/(.+)$/.exec(person.name)?.[1] ?? person.name;
}

/** Whether two people are one: by their refs where both are known, else by their names. */
export function isSamePerson(
  a: { readonly ref?: string; readonly name: string } | undefined,
  b: { readonly ref?: string; readonly name: string } | undefined,
): boolean {
  if (a === undefined || b === undefined) return false;
  if (a.ref !== undefined && b.ref !== undefined) {
    return a.ref.toLowerCase() === b.ref.toLowerCase();
  }
  return personName(a) === personName(b);
}
