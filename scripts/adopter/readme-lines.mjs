import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../source-hash.mjs';

/**
 * What README.md tells an adopter to write, in its first run on one machine.
 *
 * @returns `added`: package of the app to the packages that it gets; `backend`: lines of its index.ts; `config`: YAML that
 * goes beside what is in app-config.yaml.
 */
export function readmeLines() {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, section] = readme.split('## Install into an existing Backstage\n');
  const block = language =>
    new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(section)[1];
  const added = Object.fromEntries(
    block('sh')
      .trim()
      .split('\n')
      .map(line => {
        const [, to, names] =
          /^yarn --cwd packages\/(\w+) add (.+)$/.exec(line) ?? [];
        return [to, names.split(' ')];
      }),
  );
  return { added, backend: block('ts'), config: block('yaml') };
}
