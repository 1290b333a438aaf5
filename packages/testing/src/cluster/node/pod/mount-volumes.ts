import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isToRetry } from '../api/keyed-data';
import type { NodeScope } from '../container/container-scope';
import type { Pod } from './pod';
import { mountVolume } from './pod-volumes';

/**
 * Makes the pod's volumes ready one after the other, and tries as long as something that they name is missing.
 * @returns the folder of each volume.
 * @throws AbortError
 */
export async function mountVolumes(
  { api, backOff, record }: NodeScope,
  pod: Pod,
  folder: string,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const folders = new Map<string, string>();
  const context = { api, pod, folder: join(folder, 'volumes') };
  for (const volume of pod.spec.volumes ?? []) {
    while (!folders.has(volume.name)) {
      try {
        folders.set(volume.name, await mountVolume(context, volume));
      } catch (error) {
        if (!isToRetry(error)) throw error;
        record(pod, {
          type: 'Warning',
          reason: 'FailedMount',
          message: `MountVolume.SetUp failed for volume "${volume.name}" : ${error.message}`,
        });
        await wait(backOff.first, undefined, { signal });
      }
    }
  }
  return folders;
}
