import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AdopterPortal } from './AdopterPortal';

const file = 'examples/first-minute.yaml';

/** As the catalog says where it read it. */
export const fileOfFirstMinute = (portal: AdopterPortal) =>
  join(portal.folder, file);

/** One component of the file. */
export interface FirstEntity {
  readonly name: string;
  /** Of its metadata, as it is written there: lines with their indent. */
  readonly annotations?: string;
}

/** Writes the components of the portal's first minute; again with other annotations, as somebody edits the file. */
export function writeEntities(
  portal: AdopterPortal,
  entities: readonly FirstEntity[],
): void {
  const text = entities.map(
    ({ name, annotations = '' }) => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
${annotations}spec:
  type: service
  lifecycle: production
  owner: guests
`,
  );
  portal.write(file, text.join('---\n'));
}

/** A bare repository in the local forge with one commit, of which the catalog hears nothing; the same again leaves it as it is. */
export function makeRepository(portal: AdopterPortal, name: string): void {
  const path = join(portal.folder, `dojo-forge/${name}.git`);
  if (existsSync(path)) return;
  mkdirSync(path, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=Ada', '-c', 'user.email=ada@plain.test', ...args],
      { cwd: path, encoding: 'utf8', input: '' },
    ).trim();
  git('init', '--quiet', '--bare', '--initial-branch=main');
  const commit = git('commit-tree', git('mktree'), '-m', 'feat: say hello');
  git('update-ref', 'refs/heads/main', commit);
}

/** What the portal needs beside the lines of README.md, for these entities. */
export function configOfFirstMinute(forge: string) {
  return {
    catalog: {
      locations: [{ type: 'file', target: `../../${file}` }],
    },
    integrations: {
      gitea: [{ host: new URL(forge).host, baseUrl: forge }],
    },
    dojo: {
      allow: {
        repositories: [
          { pattern: 'file:plain.git' },
          { pattern: `${forge}/acme/*` },
        ],
        images: [{ pattern: 'registry.example/acme/*' }],
      },
      // The variable is not set: half of the credentials is not there.
      registries: [
        {
          host: 'registry.example',
          username: 'acme-bot',
          password: `\${FIRST_MINUTE_REGISTRY_TOKEN}`,
        },
      ],
    },
  };
}
