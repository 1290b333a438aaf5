import type { RootConfigService } from '@backstage/backend-plugin-api';

/** The names of this machine that no other machine's name can lead to in a browser. */
const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** The `Host` headers that mean this portal: those of its own addresses, and of this machine with its port. */
export function ownHosts(config: RootConfigService): ReadonlySet<string> {
  const addresses = ['app.baseUrl', 'backend.baseUrl'].flatMap(
    key => config.getOptionalString(key) ?? [],
  );
  const hosts = addresses.map(address => new URL(address).host);
  const ports = addresses.map(address => new URL(address).port);
  const listens = config.getOptional('backend.listen.port');
  if (listens !== undefined) ports.push(String(listens));
  return new Set([
    ...hosts,
    ...ports.flatMap(port =>
      loopback.map(name => (port === '' ? name : `${name}:${port}`)),
    ),
  ]);
}
