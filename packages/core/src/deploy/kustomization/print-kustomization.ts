import type { YamlValue } from '../yaml/yaml-value';

/** What no reader of YAML takes for anything but one plain scalar, in a flow collection too. */
const safePlain = /^-?[A-Za-z0-9._+~][A-Za-z0-9._/+~-]*$/;

/**
 * Prints a kustomization anew, on one line, so that kustomize cannot read in it what was not read here: the two parsers
 * differ in line breaks, tags and directives. Plain scalars stay as they were written, for kustomize to take as numbers or text.
 *
 * @param replaced texts that stand for the scalars at these offsets.
 */
export function printKustomization(
  value: YamlValue,
  replaced: ReadonlyMap<number, string>,
): string {
  switch (value.kind) {
    case 'list':
      return `[${value.items
        .map(item => printKustomization(item, replaced))
        .join(', ')}]`;
    case 'map':
      return `{${[...value.entries]
        .map(
          ([key, entry]) =>
            `${quote(key)}: ${printKustomization(entry.value, replaced)}`,
        )
        .join(', ')}}`;
    default: {
      const other = replaced.get(value.at);
      if (other !== undefined) return quote(other);
      const { plain } = value;
      if (plain === '') return 'null';
      return plain !== undefined && safePlain.test(plain)
        ? plain
        : quote(String(value.value));
    }
  }
}

/** JSON, of which what YAML takes for a line break or a byte order mark is escaped. */
function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
