/** Each benchmark owns one section of bench/RESULTS.md. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { runTimed } from './measure.mjs';
import { ROOT } from './places.mjs';

/** `2026-11-22; 2 cores, Node v24.21.0` and what else the figures depend on. */
export const machineLine = (...versions) =>
  `${new Date().toISOString().slice(0, 10)}; ${[
    `${cpus().length} cores`,
    `Node ${process.version}`,
    ...versions,
  ].join(', ')}`;

/** A table of Markdown; the first column is text, the others are numbers. */
export const markdownTable = (head, rows) =>
  [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...rows]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');

/** Replaces the section `name` (as in `bench/<name>`), or adds it at the end. */
export function writeSection(name, { title, note, parts }) {
  const file = join(ROOT, 'bench', 'RESULTS.md');
  const before = existsSync(file)
    ? readFileSync(file, 'utf8')
    : '# Benchmark results\n';
  const begin = `<!-- bench/${name} -->`;
  const end = `<!-- /bench/${name} -->`;
  const section = [begin, `## ${title}`, note, ...parts, end].join('\n\n');
  const at = before.indexOf(begin);
  writeFileSync(
    file,
    at < 0
      ? `${before}\n${section}\n`
      : before.slice(0, at) +
          section +
          before.slice(before.indexOf(end) + end.length),
  );
  runTimed('yarn', ['prettier', '--write', file], { cwd: ROOT });
}
