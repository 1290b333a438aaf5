/** An overlay whose base is of another repository that is on this machine already, over a node that does nothing. */
import { join } from 'node:path';
import { median, runTimed } from '../shared/measure.mjs';
import { DOJO } from '../shared/places.mjs';
import {
  claim,
  makeRepositories,
  writeFiles,
  writeOverlay,
} from './make-service.mjs';

/** @returns medians in milliseconds: `[name, ms]`. */
export function benchRender({ rounds, work }) {
  const folder = join(work, 'render');
  const { service } = makeRepositories(join(folder, 'git'), 4, ['0.1.0']);
  const { stdout } = runTimed('git', ['-C', service, 'rev-parse', 'HEAD']);
  writeFiles(join(folder, 'remote'), {
    'kustomization.yaml': `namespace: ledger-dev\nresources:\n- file://${service}//base?ref=${stdout.trim()}\n- pvc.yaml\n`,
    'pvc.yaml': claim,
  });
  const local = writeOverlay(join(folder, 'local'), 'ledger-dev', 4, '0.1.0');
  // What is kept of renders is in this home; the other one never has any.
  const kept = { env: { XDG_CACHE_HOME: join(folder, 'kept') } };
  const empty = { env: { XDG_CACHE_HOME: '', HOME: '' } };
  const runs = [
    ['node -e 0', () => runTimed('node', ['-e', '0'])],
    [
      'kubectl kustomize, base in a folder',
      () => runTimed('kubectl', ['kustomize', local]),
    ],
    [
      'dojo render, base in a folder, rendered before',
      () => runTimed('node', [DOJO, 'render', local], kept),
    ],
    [
      'dojo render, base at a commit, rendered before',
      () => runTimed('node', [DOJO, 'render', join(folder, 'remote')], kept),
    ],
    [
      'dojo render, base in a folder, for the first time',
      () => runTimed('node', [DOJO, 'render', local], empty),
    ],
  ];
  const samples = runs.map(() => []);
  // The first round fills caches of the file system and of V8.
  for (let round = 0; round <= rounds; round++) {
    runs.forEach(([, run], at) => {
      const { ms } = run();
      if (round > 0) samples[at].push(ms);
    });
  }
  return runs.map(([name], at) => [name, median(samples[at])]);
}
