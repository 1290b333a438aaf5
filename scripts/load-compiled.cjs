/** `require` of one file with what V8 compiled of it in an earlier run. */
const {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const Module = require('node:module');
const { Script } = require('node:vm');
const { dirname } = require('node:path');

/**
 * Node's own compile cache keeps what was compiled when a file was loaded; this keeps what the whole run needed (of a
 * check of a database: 900 more functions, 40 ms).
 *
 * @param path a CommonJS file that never changes, of ASCII alone.
 * @param kept where to keep it; V8 takes nothing from another version of itself.
 */
exports.loadCompiled = function loadCompiled(path, kept) {
  const cachedData = readTwin(kept);
  const script = new Script(Module.wrap(readFileSync(path, 'latin1')), {
    filename: path,
    cachedData,
  });
  if (!cachedData || script.cachedDataRejected) {
    process.once('exit', () => keep(kept, script));
  }
  const module = { exports: {} };
  script
    .runInThisContext()
    .call(
      module.exports,
      module.exports,
      Module.createRequire(path),
      module,
      path,
      dirname(path),
    );
  return module.exports;
};

/**
 * What is kept twice in one file. V8 does not look for damage inside and would crash at every start; two halves that
 * are equal cost less to compare than any checksum costs to load.
 */
function readTwin(path) {
  try {
    const twin = readFileSync(path);
    const half = twin.subarray(0, twin.length / 2);
    return half.equals(twin.subarray(half.length)) ? half : undefined;
  } catch {
    return undefined;
  }
}

function keep(path, script) {
  const made = `${path}.${process.pid}`;
  try {
    const file = openSync(made, 'wx');
    try {
      const data = script.createCachedData();
      writeFileSync(file, Buffer.concat([data, data]));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(made, path);
  } catch {
    // The next run is slower, and no more than that.
    rmSync(made, { force: true });
  }
}
