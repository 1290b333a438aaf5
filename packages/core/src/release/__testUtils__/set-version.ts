import { applySplices } from '../../text/apply-splices';
import { editVersionFiles } from '../edit-version-files';
import type { ReleaseState } from '../release-state';
import type { ObservedFile } from '../../repository/repository-data';

function file(path: string, text: string): ObservedFile {
  return { kind: 'text', path, oid: 'b'.repeat(40), mode: '100644', text };
}

/** What the files hold once the version is set (0.4.0 where none is given), and what was said of it. */
export function setVersion(
  files: Record<string, string>,
  options: {
    version?: string;
    named?: string[];
    newest?: ReleaseState['newest'];
  } = {},
) {
  const observed = Object.entries(files).map(([path, text]) =>
    file(path, text),
  );
  const result = editVersionFiles(
    options.version ?? '0.4.0',
    { files: observed, ...(options.newest && { newest: options.newest }) },
    options.named ? { versionFiles: options.named } : {},
  );
  const after = result.edits.map(({ path, splices }) => [
    path,
    applySplices(files[path], splices),
  ]);
  return {
    ...result,
    after: Object.fromEntries(after) as Record<string, string>,
  };
}
