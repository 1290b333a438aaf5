/** Whether a repository's address is on a host, in any of its spellings. */
export function isOn(host: string, repository: string): boolean {
  const [, of] = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^/:]+(?::\d+(?=\/))?)/i.exec(
    repository,
  ) ?? [undefined, ''];
  return of.toLowerCase() === host.toLowerCase();
}
