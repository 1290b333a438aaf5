import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { packPackages } from '../packages/pack-packages.mjs';
import { seedForge } from '../seed-forge.mjs';
import { seedImages } from '../seed-images.mjs';
import { seedInfra } from '../seed-infra.mjs';
import { seedLedger } from '../seed-ledger.mjs';
import { FreshApp } from './fresh-app.mjs';
import { readmeLines } from './readme-lines.mjs';

/**
 * Makes a Backstage as an adopter has it, with the packed packages of this repository by the lines of README.md, and a forge
 * with a service beside it.
 *
 * @param folder - that it is made in; what is there goes
 * @param say - is told what is being done
 */
export async function makeAdopter(folder, say) {
  const lines = readmeLines();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  say('Packing the packages');
  const archives = packPackages();
  say('Generating a Backstage app');
  const app = FreshApp.generate(folder);
  app.addPackages(lines.added, archives);
  app.change('packages/backend/src/index.ts', text =>
    text.replace('backend.start();', `${lines.backend}\nbackend.start();`),
  );
  app.change('app-config.yaml', text =>
    stringify(beside(parse(text), parse(lines.config))),
  );

  say('Making a forge with a service, and the database of its dev');
  const forge = join(folder, 'dojo-forge');
  await seedForge(forge);
  await seedInfra(forge);
  await seedImages(forge);
  await seedLedger(
    join(forge, 'dev/ledger.duckdb'),
    ({ command, args, ...rest }) =>
      execFileSync(command, args, {
        ...rest,
        stdio: ['ignore', 'ignore', 'pipe'],
      }),
  );

  say('Installing it');
  app.install();
  say('Bundling its frontend');
  app.bundle();
}

/** Adds settings to others, as a person does: lists grow, and nothing that was there is lost. */
function beside(there, added) {
  if (Array.isArray(there)) return [...there, ...added];
  if (there === null || typeof there !== 'object') return added;
  return Object.fromEntries(
    [...new Set([...Object.keys(there), ...Object.keys(added)])].map(key => [
      key,
      key in added ? beside(there[key] ?? null, added[key]) : there[key],
    ]),
  );
}
