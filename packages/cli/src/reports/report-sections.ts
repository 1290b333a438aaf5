/** A report of its sections, each a list of lines, with an empty line between; sections without lines are left out. */
export function reportSections(
  sections: readonly (readonly string[])[],
): string {
  return `${sections
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`;
}
