/**
 * The messages that a squash merge's body lists, oldest first, as GitHub writes them: each begins with `* ` at the start
 * of a line, and has the text up to the next.
 */
export function listedMessages(body: string): string[] {
  const messages: string[][] = [];
  let open = false;
  for (const line of body.split('\n')) {
    if (line.startsWith('* ')) {
      messages.push([line.slice(2)]);
      open = true;
    } else if (/^-{3,}\s*$/.test(line)) {
      // What GitHub adds below the list: a rule, then the co-authors.
      open = false;
    } else if (open) {
      messages.at(-1)?.push(line);
    }
  }
  return messages.map(lines => lines.join('\n').trim());
}
