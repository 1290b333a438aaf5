import {
  LineCounter,
  YAMLMap,
  isAlias,
  isMap,
  isScalar,
  parseAllDocuments,
} from 'yaml';
import type { VersionField, VersionFields } from './version-fields';
import { behindByteOrderMark, versionField } from './version-fields';

const expected = 'a plain or quoted version at the root';

/** Reads `version` of Chart.yaml, or of another YAML file, and `appVersion` where it stands beside it. */
export function readYamlVersion(text: string): VersionFields {
  return behindByteOrderMark(text, yaml => {
    const documents = parseAllDocuments(yaml, {
      lineCounter: new LineCounter(),
      prettyErrors: true,
      // Its check compares each key with all before it: what stands twice at the root is looked for below.
      uniqueKeys: false,
    });
    const [document] = documents;
    if (document === undefined) return { kind: 'none', expected };
    const [error] = documents.flatMap(({ errors }) => errors);
    if (error) {
      const at = error.linePos?.[0];
      return {
        kind: 'invalid',
        ...(at && { place: `${at.line}:${at.col}` }),
        why: error.message.split('\n')[0].replace(/ at line \d+.*$/, ''),
      };
    }
    if (documents.length > 1) {
      return { kind: 'invalid', why: 'it holds more than one document' };
    }
    if (!isMap(document.contents)) return { kind: 'none', expected };
    return readFields(yaml, document.contents);
  });
}

function readFields(yaml: string, map: YAMLMap): VersionFields {
  const version = scalarField(yaml, map, 'version');
  const appVersion = scalarField(yaml, map, 'appVersion');
  if (version === 'twice' || appVersion === 'twice') {
    const key = version === 'twice' ? 'version' : 'appVersion';
    return { kind: 'invalid', why: `${key} stands twice` };
  }
  if (version === 'unusable' || appVersion === 'unusable') {
    const key = version === 'unusable' ? 'version' : 'appVersion';
    return {
      kind: 'invalid',
      why: `${key} is an alias, a block or no text; ${expected} can be set`,
    };
  }
  if (version === undefined) return { kind: 'none', expected };
  return {
    kind: 'found',
    fields:
      appVersion === undefined
        ? [version]
        : [
            { ...version, name: 'version' },
            { ...appVersion, name: 'appVersion' },
          ],
  };
}

function scalarField(
  yaml: string,
  map: YAMLMap,
  key: string,
): VersionField | 'unusable' | 'twice' | undefined {
  const [pair, second] = map.items.filter(
    item => isScalar(item.key) && item.key.value === key,
  );
  if (pair === undefined) return undefined;
  if (second !== undefined) return 'twice';
  const node = pair.value;
  if (isAlias(node) || !isScalar(node) || !node.range) return 'unusable';
  const [start, end] = node.range;
  switch (node.type) {
    case 'PLAIN':
      return start === end ? undefined : versionField(yaml, start, end);
    case 'QUOTE_DOUBLE':
    case 'QUOTE_SINGLE':
      return end - start > 2
        ? versionField(yaml, start + 1, end - 1)
        : undefined;
    default:
      return 'unusable';
  }
}
