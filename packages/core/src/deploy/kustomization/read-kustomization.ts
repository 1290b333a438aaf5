import { findPreparedMarks } from '../overlay/prepared-marks';
import { readYaml } from '../yaml/read-yaml';
import type { Kustomization, Place } from './kustomization';
import { kustomizationErrors } from './kustomization-errors';
import { KustomizationReader } from './kustomization-reader';
import { treeLimits } from './tree-limits';

/**
 * Reads a kustomization file, and refuses every key that is not known, so that nothing is read or run that is not in
 * `follows`.
 *
 * @param name the file, for messages.
 * @throws DojoError KUSTOMIZATION_INVALID, KUSTOMIZATION_KEY_OLD, KUSTOMIZATION_KEY_UNKNOWN, and those of its references.
 */
export function readKustomization(name: string, text: string): Kustomization {
  if (text.length > treeLimits.kustomizationBytes) {
    throw kustomizationErrors.invalid(
      name,
      `it has more than ${treeLimits.kustomizationBytes} characters`,
    );
  }
  const read = readYaml(text, treeLimits);
  if (read.kind === 'invalid') {
    const place = read.line === undefined ? name : `${name}:${read.line}`;
    throw kustomizationErrors.invalid(place, read.why);
  }
  const placeOf = (at: number): Place => `${name}:${read.lineOf(at)}`;
  const [value, second] = read.documents;
  if (second !== undefined) {
    throw kustomizationErrors.invalid(
      placeOf(second.at),
      'it holds more than one document',
    );
  }
  if (value === undefined)
    throw kustomizationErrors.invalid(name, 'it is empty');
  if (value.kind !== 'map') {
    throw kustomizationErrors.invalid(name, 'it is no mapping');
  }
  const found = new KustomizationReader(value, placeOf).read();
  const isAlone = found.follows.every(
    ({ reference }) => reference.kind === 'local',
  );
  return {
    ...found,
    isPrepared: isAlone && findPreparedMarks(text) !== undefined,
    repeated: read.repeated.map(({ name: key, at }) => ({
      name: key,
      place: placeOf(at),
    })),
  };
}
