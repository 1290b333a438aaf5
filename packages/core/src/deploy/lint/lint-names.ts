import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { LintProblem, LintRule, LintedObjects } from './lint-rule';
import { toFields } from './workloads';

/** Bytes of a name or of a label's value; also of a label's name behind its prefix. */
const maxBytes = 63;

/** A name that is no label of DNS any more. */
export const nameTooLong: LintRule = ({ objects }) =>
  objects
    .filter(({ metadata }) => bytesOf(metadata.name) > maxBytes)
    .map(on => ({
      code: 'NAME_TOO_LONG',
      severity: 'error',
      message: `its name has ${bytesOf(
        on.metadata.name,
      )} bytes, and at most ${maxBytes} are taken everywhere`,
      hint: 'Shorten it, or namePrefix and nameSuffix.',
      on,
      path: ['metadata', 'name'],
    }));

/** A label that the API server refuses for its length. */
export const labelTooLong: LintRule = linted =>
  eachLabels(linted).flatMap(({ on, labels, path }) =>
    Object.entries(labels).flatMap(([key, value]): LintProblem[] => {
      const name = key.slice(key.lastIndexOf('/') + 1);
      const long = [name, String(value)].find(one => bytesOf(one) > maxBytes);
      if (long === undefined) return [];
      return [
        {
          code: 'LABEL_TOO_LONG',
          severity: 'error',
          message: `the label ${key} has ${bytesOf(long)} bytes in its ${
            long === name ? 'name' : 'value'
          }, and at most ${maxBytes} are taken`,
          hint: 'Shorten it, or make it an annotation.',
          on,
          path: [...path, key],
        },
      ];
    }),
  );

/** A label or annotation that YAML reads as a number or as true and false. */
export const labelNotText: LintRule = linted =>
  [...eachLabels(linted), ...eachAnnotations(linted)].flatMap(
    ({ on, labels, path }) =>
      Object.entries(labels)
        .filter(([, value]) => typeof value !== 'string')
        .map(([key, value]) => ({
          code: 'LABEL_NOT_TEXT',
          severity: 'error',
          message: `${key} is ${String(
            value,
          )} without quotes, which is no text`,
          hint: 'Put the value into quotes.',
          on,
          path: [...path, key],
        })),
  );

interface Labels {
  readonly on: KubernetesObject;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly path: readonly string[];
}

function eachLabels({ objects, workloads }: LintedObjects): Labels[] {
  return [
    ...objects.map(on => ({
      on,
      labels: toFields(on.metadata.labels),
      path: ['metadata', 'labels'],
    })),
    ...workloads
      .filter(({ object }) => object.kind !== 'Pod')
      .map(({ object, podLabels, podPath }) => ({
        on: object,
        labels: podLabels,
        path: [...podPath.slice(0, -1), 'metadata', 'labels'],
      })),
  ];
}

function eachAnnotations({ objects }: LintedObjects): Labels[] {
  return objects.map(on => ({
    on,
    labels: toFields(on.metadata.annotations),
    path: ['metadata', 'annotations'],
  }));
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
