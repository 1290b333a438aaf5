import { tmpdir } from 'node:os';
import { createKustomize } from '../../kustomize/create-kustomize';
import type { Kustomize } from '../ports';

/** The kustomize of this machine, and how often it ran. */
export function testKustomize(): Kustomize & { readonly runs: string[] } {
  const runs: string[] = [];
  const kustomize = createKustomize({
    path: process.env.PATH ?? '',
    temporaryRoot: tmpdir(),
  });
  return {
    runs,
    build: (files, folder, signal) => {
      runs.push(folder);
      return kustomize.build(files, folder, signal);
    },
  };
}
