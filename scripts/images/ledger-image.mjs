import { tar } from './tar.mjs';

/**
 * The image of a commit of the ledger, as its Nix build configures it, with the version as its only file: enough to be
 * promoted and pinned, and of the same bytes on every machine.
 */
export function ledgerImage({ commit, version, created }) {
  return {
    layer: tar({ 'app/VERSION': `${version} ${commit}\n` }, created),
    config: {
      created: created.toISOString(),
      architecture: 'amd64',
      os: 'linux',
      config: {
        User: '1000',
        ExposedPorts: { '8000/tcp': {} },
        Env: ['LEDGER_DB_PATH=/data/ledger.duckdb', 'LEDGER_ENV=production'],
        Cmd: [
          'python',
          '-m',
          'uvicorn',
          'ledger.app:create_app',
          '--factory',
          '--host',
          '0.0.0.0',
          '--port',
          '8000',
        ],
        Labels: {
          'org.opencontainers.image.revision': commit,
          'org.opencontainers.image.title': 'ledger',
        },
      },
    },
  };
}
