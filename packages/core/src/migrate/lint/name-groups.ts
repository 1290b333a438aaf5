/** Names in groups that have names: what is in a group is found without a look at the others. */
export class NameGroups {
  readonly #groups = new Map<string, Set<string>>();

  of(group: string): string[] {
    return [...(this.#groups.get(group) ?? [])];
  }

  /** The first ones, so that it takes no longer where there are many. */
  first(count: number, group: string): string[] {
    const names: string[] = [];
    for (const name of this.#groups.get(group) ?? []) {
      if (names.length === count) break;
      names.push(name);
    }
    return names;
  }

  has(group: string): boolean {
    return this.#groups.has(group);
  }

  add(group: string, name: string): void {
    const names = this.#groups.get(group);
    if (names) names.add(name);
    else this.#groups.set(group, new Set([name]));
  }

  remove(group: string, name: string): void {
    const names = this.#groups.get(group);
    names?.delete(name);
    if (names?.size === 0) this.#groups.delete(group);
  }
}
