/**
 * Writes into every package.json that goes to npm where its source is: `repository`, `homepage` and `bugs`. npm shows the
 * links and pictures of a README by them, and compares them with the provenance of what is published. The address is that
 * of the checkout that publishes (`GITHUB_SERVER_URL` and `GITHUB_REPOSITORY`, else its remote `origin`), so that no fork
 * points to somebody else's.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, workspaces } from '../source-hash.mjs';

/**
 * What a package says of its source.
 *
 * @param address - such as `https://github.com/acme/dojo-portal`.
 * @param directory - of the package in the repository.
 */
export function sourceFields(address, directory) {
  return {
    homepage: `${address}/tree/main/${directory}#readme`,
    repository: { type: 'git', url: `git+${address}.git`, directory },
    bugs: { url: `${address}/issues` },
  };
}

/** The address of a web page from that of a git remote; undefined where it is of no forge. */
export function addressOf(remote) {
  const [, host, path] =
    /^(?:https?:\/\/(?:[^@/]*@)?|ssh:\/\/git@|git@)([\w.-]+)[/:]([\w./-]+?)(?:\.git)?\/?$/.exec(
      remote.trim(),
    ) ?? [];
  return host && path && `https://${host}/${path}`;
}

function ownAddress(env = process.env) {
  if (env.GITHUB_SERVER_URL && env.GITHUB_REPOSITORY) {
    return `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}`;
  }
  const remote = execFileSync('git', ['remote', 'get-url', 'origin'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const address = addressOf(remote);
  if (!address) throw new Error(`origin is of no forge: ${remote.trim()}`);
  return address;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const address = ownAddress();
  for (const { folder, manifest } of workspaces().values()) {
    if (manifest.private) continue;
    const file = join(ROOT, folder, 'package.json');
    const { name, version, description, ...rest } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    const source = sourceFields(address, folder);
    writeFileSync(
      file,
      `${JSON.stringify(
        { name, version, description, ...source, ...rest },
        undefined,
        2,
      )}\n`,
    );
  }
}
