/** `yarn dojo …`: the command straight from its sources. */
import { runDojo } from './dojo-bundle.mjs';

// Yarn runs scripts in the root; relative paths begin where the caller is.
await runDojo(process.argv.slice(2), {
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
