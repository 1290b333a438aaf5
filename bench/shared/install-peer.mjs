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
 * folder, with that file in it, and fills it. It runs again when the text changed or the last one failed.
 */
export function installPeer(name, manifest, install) {
  const home = join(CACHE, 'peers', name);
  const file = join(home, manifest.name);
  if (existsSync(file) && readFileSync(file, 'utf8') === manifest.text)
    return home;
  mkdirSync(home, { recursive: true });
  writeFileSync(file, manifest.text);
  try {
    install(home);
  } catch (cause) {
    rmSync(file);
    throw new Error(`${name} could not be installed`, { cause });
  }
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
