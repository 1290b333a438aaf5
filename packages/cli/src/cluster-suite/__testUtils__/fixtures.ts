import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const fixtures = join(__dirname, '../__fixtures__');
const grants = resolve(__dirname, '../../../../../deploy/portal/grants');

/** The text of a file of objects. */
export function fixture(name: string): string {
  return readFileSync(join(fixtures, name), 'utf8');
}

/** One document of a file of several, counted from 0. */
export function documentOf(name: string, at: number): string {
  return fixture(name).split(/^---$/m)[at];
}

/** The text of a file below deploy/portal/grants. */
export function grant(path: string): string {
  return readFileSync(join(grants, path), 'utf8');
}

const objects = fixture('set.yaml').split(/^---$/m);

/** Deployment and Service as the service's base has them; the claim is the overlay's. */
export const baseObjects = objects
  .filter(text => !/^kind: PersistentVolumeClaim$/m.test(text))
  .join('---\n');

/** The Deployment alone. */
export const baseDeployment = objects[0];

/** The Service alone. */
export const baseService = objects[1];

/** A base with a Deployment of a case in the place of its own. */
export function baseWith(deployment: string): string {
  return `${deployment}\n---\n${baseService}`;
}
