/** Deployments of one number of objects by all tools, in turn. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { median } from '../shared/measure.mjs';
import { runnersOf } from './runners.mjs';

/** Versions that can be told apart from numbers. */
const versionOf = at => `0.${at + 1}.0`;

/**
 * First deployment, then in each round the next version and the same once more.
 *
 * @returns `[{ name, change: { ms, calls }, noop: { ms, calls } }]`, medians.
 */
export async function benchSize(
  cluster,
  count,
  { rounds, work, helm, kubeconfigOf },
) {
  const folder = join(work, String(count));
  mkdirSync(folder, { recursive: true });
  const versions = Array.from({ length: rounds + 1 }, (_, at) => versionOf(at));
  const runners = runnersOf({ folder, count, versions, kubeconfigOf, helm });
  const results = new Map();
  for (const { name, namespace, deploy } of runners) {
    await cluster.createNamespace({ name: namespace });
    await deploy(versions[0]);
    results.set(name, { change: [], noop: [] });
  }
  for (let round = 1; round <= rounds; round++) {
    const turned = runners.map(
      (_, at) => runners[(at + round) % runners.length],
    );
    for (const { name, user, deploy } of turned) {
      for (const kind of ['change', 'noop']) {
        const before = (await cluster.audit({ user })).length;
        const ms = await deploy(versions[round]);
        const calls = (await cluster.audit({ user })).length - before;
        results.get(name)[kind].push({ ms, calls });
      }
    }
  }
  const middle = samples => ({
    ms: median(samples.map(({ ms }) => ms)),
    calls: median(samples.map(({ calls }) => calls)),
  });
  return runners.map(({ name }) => ({
    name,
    change: middle(results.get(name).change),
    noop: middle(results.get(name).noop),
  }));
}
