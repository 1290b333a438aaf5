/** The id of an environment's card. */
export function environmentAnchor(environment: string): string {
  return `environment-${environment}`;
}

/** The end of an address that leads to an environment: `#staging`. */
export function environmentHash(environment: string): string {
  return `#${encodeURIComponent(environment)}`;
}

/** The id of the card that an address names (`…/delivery#staging`); empty where it names none. */
export function environmentInHash(hash: string): string {
  const name = hash.replace(/^#/, '');
  try {
    return name && environmentAnchor(decodeURIComponent(name));
  } catch {
    return '';
  }
}
