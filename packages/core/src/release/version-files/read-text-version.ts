import type { VersionFields } from './version-fields';
import { behindByteOrderMark, versionField } from './version-fields';

/** Reads a file that holds a version and nothing else, such as VERSION. White space around it is kept. */
export function readTextVersion(text: string): VersionFields {
  return behindByteOrderMark(text, content => {
    const version = content.trim();
    if (!/^[vV]?\d[^\s]{0,127}$/.test(version)) {
      return { kind: 'none', expected: 'a version alone' };
    }
    const start = content.indexOf(version);
    return {
      kind: 'found',
      fields: [versionField(content, start, start + version.length)],
    };
  });
}
