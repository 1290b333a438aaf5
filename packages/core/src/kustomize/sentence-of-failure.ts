import { toPrintable } from '../text/to-printable';

const maxRead = 16 * 1024;

/**
 * What kustomize says of an overlay, as one sentence without paths of the temporary folder. Go's dumps of whole objects,
 * which may hold the values of a Secret, are left out.
 *
 * @param tree the temporary folder.
 */
export function sentenceOfFailure(stderr: string, tree: string): string {
  const said = lastError(stderr.slice(-maxRead))
    .replaceAll(`${tree}/`, '')
    .replaceAll(tree, '.');
  const twice =
    /may not add resource with an already registered id: ([^\s']+)/.exec(said);
  if (twice) {
    return `${toObject(twice[1])} is brought in twice${includedFrom(said)}`;
  }
  const unmatched =
    /no (?:resource matches strategic merge patch|matches for Id) "?\\?"?([^\s"\\;]+)/.exec(
      said,
    );
  if (unmatched) {
    return `a patch is for ${toObject(unmatched[1])}, which is not there`;
  }
  const generated =
    /Kind:"([^"]*)"[^}]*\}, Name:"([^"]*)"[^}]*\} exists; behavior must be merge or replace/.exec(
      said,
    );
  if (generated) {
    return toPrintable(
      `${generated[1]} ${generated[2]} is generated twice, and the second time has no behavior merge or replace`,
    );
  }
  const crash = /^panic: (.*)$/m.exec(said);
  if (crash) return toPrintable(`it crashed (${crash[1]})`);
  return toPrintable(shortened(withoutDumps(said)));
}

/** kubectl writes a log line around it, kustomize the word Error. */
function lastError(stderr: string): string {
  const logged = /"command failed" err=("(?:[^"\\]|\\.)*")/.exec(stderr)?.[1];
  if (logged !== undefined) {
    try {
      return JSON.parse(logged) as string;
    } catch {
      return logged.slice(1, -1);
    }
  }
  const block = /"command failed" err=<\n([\s\S]*?)\n >/.exec(stderr)?.[1];
  return (block ?? stderr).replace(/^\s*error:\s*/i, '').trim();
}

/** `PersistentVolumeClaim.v1.[noGrp]/dojo-data.[noNs]` -> `PersistentVolumeClaim dojo-data`. */
function toObject(id: string): string {
  const [type, name = ''] = id.split('/');
  const kind = type.split('.')[0];
  return `${kind} ${name.replace(/\.[^.]*$/, '')}`.trim();
}

function includedFrom(said: string): string {
  const from = /merging resources from '([^']+)'/.exec(said)?.[1];
  return from === undefined ? '' : `, the second time by ${from}`;
}

function withoutDumps(text: string): string {
  // A plugin's whole configuration, the text of a patch.
  const said = text
    .replace(/`[^`]*`/g, '…')
    .replace(/\[patch: [\s\S]*\]/, '…')
    .replace('map[string]interface {}(nil): ', '');
  const dump = said.search(/map\[string\]interface|\{"apiVersion"|apiVersion:/);
  return dump < 0 ? said : `${said.slice(0, dump)}… ${afterDump(said)}`;
}

/** What follows a dump says what is wrong with it. */
function afterDump(said: string): string {
  const end = said.lastIndexOf('}: ');
  return end < 0 ? '' : said.slice(end + '}: '.length);
}

/** Each level of folders says what the one below said; the innermost is the cause. */
function shortened(said: string): string {
  const at = said.lastIndexOf("accumulation err='");
  const inner = at < 0 ? said : said.slice(at + "accumulation err='".length);
  return inner.replace(/': must build at directory: [\s\S]*$/, '');
}
