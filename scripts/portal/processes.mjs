import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { ROOT } from '../source-hash.mjs';

const require = createRequire(join(ROOT, 'package.json'));
const cli = require.resolve('@backstage/cli/bin/backstage-cli');
const transform = require.resolve(
  '@backstage/cli-node/config/nodeTransform.cjs',
);

/** `backstage-cli package …` in a package of the repository. */
const inPackage = (name, args, env) => ({
  name,
  command: process.execPath,
  args: [cli, 'package', ...args],
  cwd: join(ROOT, 'packages/app'),
  env: { ...process.env, ...env },
});

/** Bundles packages/app. */
export const appBuild = () =>
  inPackage('the app build', ['build'], { NODE_ENV: 'production' });

/** The app's development server, with hot reload. */
export const appDevelopment = settings =>
  inPackage('the frontend', ['start'], {
    ...configEnvironment(settings),
    NODE_ENV: 'development',
  });

/**
 * The backend from its sources, in the repository's folder: the paths of app-config.yaml are relative to it. `watch`
 * starts it anew at each change.
 */
export const backend = (settings, { watch }) => ({
  name: 'the backend',
  command: process.execPath,
  args: [
    ...(watch ? ['--watch', '--watch-preserve-output'] : []),
    '--enable-source-maps',
    '--no-deprecation',
    '--require',
    transform,
    join(ROOT, 'packages/backend/src/index.ts'),
    ...configArguments(settings),
  ],
  cwd: ROOT,
  env: {
    ...process.env,
    ...configEnvironment(settings),
    DOJO_DATA: settings.data,
    ...(settings.cluster && clusterEnvironment(settings.cluster)),
    NODE_ENV: watch ? 'development' : 'production',
  },
});

/**
 * The files that Backstage reads by itself, with that of the cluster before the machine's own and the one that was asked for
 * after it; none where it is those that it reads by itself.
 */
function configArguments({ cluster, config }) {
  if (!cluster && config === undefined) return [];
  const own = 'app-config.local.yaml';
  const files = [
    'app-config.yaml',
    ...(cluster ? ['app-config.cluster.yaml'] : []),
    ...(existsSync(join(ROOT, own)) ? [own] : []),
    ...(config === undefined ? [] : [config]),
  ];
  return files.flatMap(file => ['--config', resolve(ROOT, file)]);
}

/** What app-config.cluster.yaml asks for: the token is in no file of the repository and in no argument. */
const clusterEnvironment = ({ url, ca, token }) => ({
  DOJO_CLUSTER_URL: url,
  // The browser tests put a gate before it, which they close.
  DOJO_STAGING_CLUSTER_URL: process.env.DOJO_STAGING_CLUSTER_URL ?? url,
  DOJO_CLUSTER_CA: ca,
  DOJO_CLUSTER_TOKEN: token,
});

/**
 * What of app-config.yaml depends on where the portal runs, as Backstage's environment variables; in the list of
 * environments, which they cannot reach into, it says DOJO_DATA itself.
 */
function configEnvironment({ portalUrl, backendUrl, port, data }) {
  const settings = {
    app_baseUrl: portalUrl,
    backend_baseUrl: backendUrl,
    backend_listen_port: port,
    backend_database_connection_directory: join(data, 'database'),
    dojo_localForge_root: join(data, 'forge'),
    ...(portalUrl === backendUrl
      ? {}
      : { backend_cors: { origin: portalUrl, credentials: true } }),
  };
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      `APP_CONFIG_${key}`,
      JSON.stringify(value),
    ]),
  );
}
