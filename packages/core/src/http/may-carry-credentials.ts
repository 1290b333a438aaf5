const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether credentials may go to a URL, for git, forges and registries alike: over TLS, or to this machine. Everything
 * else is readable on its way.
 */
export function mayCarryCredentials({
  protocol,
  hostname,
}: Pick<URL, 'protocol' | 'hostname'>): boolean {
  return (
    protocol === 'https:' || (protocol === 'http:' && loopback.test(hostname))
  );
}
