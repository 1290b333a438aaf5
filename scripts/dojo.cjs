/** `yarn dojo …`: the command straight from its sources. CommonJS, since Node needs 10 ms more to start a module. */
const { runDojo } = require('./dojo-bundle.cjs');

// Yarn runs scripts in the root; relative paths begin where the caller is.
runDojo(process.argv.slice(2), { cwd: process.env.INIT_CWD ?? process.cwd() });
