/** Peers are installed beside the benchmarks' data, once for each wording of what they need. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CACHE } from './places.mjs';
import { runTimed } from './measure.mjs';

/**
 * The folder of a peer, installed. `manifest` is the file that pins its versions (name and text); `install` gets the
 * folder, with that file in it, and fills it. It runs again when the text changed or the last one did not end.
 */
export function installPeer(name, manifest, install) {
  const home = join(CACHE, 'peers', name);
  const stamp = join(home, 'installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === manifest.text)
    return home;
  rmSync(stamp, { force: true });
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, manifest.name), manifest.text);
  try {
    install(home);
  } catch (cause) {
    throw new Error(`${name} could not be installed`, { cause });
  }
  writeFileSync(stamp, manifest.text);
  return home;
}

/** A virtual environment of Python with these requirements; answers its `bin` folder. */
export function installPython(name, requirements) {
  const manifest = {
    name: 'requirements.txt',
    text: requirements.map(each => `${each}\n`).join(''),
  };
  const home = installPeer(name, manifest, folder => {
    runTimed('python3', ['-m', 'venv', '--clear', join(folder, 'venv')]);
    const pip = join(folder, 'venv', 'bin', 'pip');
    runTimed(pip, ['install', '-q', '-r', join(folder, manifest.name)]);
  });
  return join(home, 'venv', 'bin');
}
