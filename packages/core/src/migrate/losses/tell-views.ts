import { NameGroups } from '../lint/name-groups';
import type { SqlToken } from '../sql/sql-lexer';
import { lexSql } from '../sql/sql-lexer';
import { comparedName, comparedPath, splitName } from '../sql/token-cursor';
import type { DatabaseContents } from './database-contents';
import type { Change } from './read-changes';

/** What a view's text names, in compared forms. */
interface NamedInView {
  /** What may be a table, a view or a function, with its schema where it has one. */
  readonly things: ReadonlySet<string>;
  /** Every name for itself: what may be a column. */
  readonly words: ReadonlySet<string>;
  /** Of the change that made it; -1: it is there now. */
  readonly madeBy: number;
}

/** What a change takes from under the views that read it. */
interface Gap {
  readonly at: number;
  readonly by: string;
  /** Table, view or function, as views name it. */
  readonly thing: string;
  /** The same for a reader. */
  readonly shown: string;
  readonly column?: string;
  readonly how: string;
  /** Something of that name is there again afterwards. */
  isAnew: boolean;
}

/** Beyond that, nobody reads on; and each of them looks at the views once. */
const maxGaps = 100;

/**
 * Tells which views name what the changes drop, rename or change, directly or through other views. Whether they can still
 * be read, only DuckDB knows, which is said.
 */
export function tellViews(
  changes: readonly Change[],
  { views, viewsLeft }: Pick<DatabaseContents, 'views' | 'viewsLeft'>,
): string[] {
  const named = new Map<string, NamedInView>(
    views.map(({ schema, name, sql }) => [
      comparedPath(schema, name),
      namesOf(lexSql(sql).tokens, -1),
    ]),
  );
  const gaps = findGaps(changes, named);
  if (gaps.length === 0) return [];
  const readers = readersByThing(named);
  const told = new Map<string, string>();
  for (const gap of gaps.slice(0, maxGaps)) {
    for (const view of affectedBy(gap, named, readers)) {
      if (!told.has(view)) told.set(view, sentence(view, gap));
    }
  }
  return [
    ...told.values(),
    ...(gaps.length > maxGaps
      ? [
          `${gaps.length} statements may break views: what those after the first ${maxGaps} do to them is not checked without a rehearsal`,
        ]
      : []),
    ...(viewsLeft > 0
      ? [
          `${viewsLeft} more view${
            viewsLeft === 1 ? '' : 's'
          } of the database may break: they were not read, and are not checked without a rehearsal`,
        ]
      : []),
  ];
}

/** Follows the changes: what they take from under views, and the views that they make and drop. */
function findGaps(
  changes: readonly Change[],
  views: Map<string, NamedInView>,
): Gap[] {
  const gaps: Gap[] = [];
  const bySchema = new NameGroups();
  const put = (view: string, read: NamedInView) => {
    views.set(view, read);
    bySchema.add(splitName(view).schema, view);
  };
  const take = (view: string) => {
    const read = views.get(view);
    views.delete(view);
    bySchema.remove(splitName(view).schema, view);
    return read;
  };
  for (const view of views.keys()) bySchema.add(splitName(view).schema, view);
  const byThing = new Map<string, Gap>();
  const cached = new Set<Gap>();
  const add = (gap: Omit<Gap, 'isAnew'>, isCache: boolean) => {
    const made = { ...gap, isAnew: false };
    if (gap.column === undefined) byThing.set(gap.thing, made);
    gaps.push(made);
    // A cache is made anew by its next statement, and that is its work.
    if (isCache) cached.add(made);
  };
  const remake = (thing: string) => {
    const gap = byThing.get(thing);
    if (gap) gap.isAnew = true;
  };
  changes.forEach(({ by, facts, verb, tokens, isCache }, at) => {
    const gap = (
      thing: string,
      how: string,
      { column, name = shown(thing) }: { column?: string; name?: string } = {},
    ) =>
      add(
        {
          at,
          by,
          thing,
          shown: name,
          how,
          // Of a field, its own name is what a view says.
          ...(column !== undefined && { column: splitName(column).bare }),
        },
        isCache,
      );
    const replaces = / OR REPLACE /.test(` ${verb} `);
    switch (facts.kind) {
      case 'drop-table':
        gap(facts.table, 'drops');
        break;
      case 'create-table':
        if (facts.replaces) gap(facts.table, 'drops');
        if (!facts.temporary) remake(facts.table);
        break;
      case 'alter-table': {
        const { action, table, subject } = facts;
        if (action === 'rename-table') {
          gap(table, 'renames');
          remake(`${splitName(table).schema}${subject.compared}`);
        } else if (action === 'drop-column') {
          gap(table, 'drops', { column: subject.compared });
        } else if (action === 'rename-column') {
          gap(table, 'renames', { column: subject.compared });
        } else if (action === 'set-type') {
          gap(table, 'gives another type', { column: subject.compared });
        }
        break;
      }
      case 'drop-view':
        take(facts.view);
        gap(facts.view, 'drops');
        break;
      case 'rename-view': {
        const view = take(facts.view);
        gap(facts.view, 'renames');
        const target = `${splitName(facts.view).schema}${facts.to}`;
        if (view) put(target, view);
        remake(target);
        break;
      }
      case 'create-view':
        if (replaces) gap(facts.view, 'drops');
        remake(facts.view);
        put(facts.view, namesOf(tokens, at));
        break;
      case 'create-macro':
        if (replaces) gap(facts.name, 'drops', { name: facts.name });
        remake(facts.name);
        break;
      case 'drop-other':
        gap(splitName(facts.name).bare, 'drops', { name: facts.name });
        break;
      case 'drop-schema':
        bySchema.of(`${facts.schema}.`).forEach(take);
        gap(`${facts.schema}.`, 'drops', { name: `schema ${facts.schema}` });
        break;
      default:
    }
  });
  return gaps.filter(gap => !(gap.isAnew && cached.has(gap)));
}

function namesOf(tokens: readonly SqlToken[], madeBy: number): NamedInView {
  const things = new Set<string>();
  const words = new Set<string>();
  const isName = (token: SqlToken | undefined) =>
    token?.kind === 'word' || token?.kind === 'quoted';
  tokens.forEach((token, at) => {
    if (!isName(token)) return;
    const name = comparedName(token);
    words.add(name);
    const schema = tokens[at - 2];
    if (tokens[at - 1]?.text !== '.' || !schema || !isName(schema)) {
      things.add(name);
      return;
    }
    const prefix = comparedName(schema);
    things.add(prefix === 'main' ? name : `${prefix}.${name}`);
    things.add(`${prefix}.`);
  });
  return { things, words, madeBy };
}

function readersByThing(
  views: ReadonlyMap<string, NamedInView>,
): ReadonlyMap<string, readonly string[]> {
  const readers = new Map<string, string[]>();
  for (const [view, { things }] of views) {
    for (const thing of things) {
      const known = readers.get(thing);
      if (known) known.push(view);
      else readers.set(thing, [view]);
    }
  }
  return readers;
}

/** Views that were there before the gap, and read what it is about. */
function affectedBy(
  { thing, column, at }: Gap,
  views: ReadonlyMap<string, NamedInView>,
  readers: ReadonlyMap<string, readonly string[]>,
): string[] {
  const reached = new Set<string>();
  const queue = [thing];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const view of readers.get(next) ?? []) {
      if (view === thing || reached.has(view)) continue;
      reached.add(view);
      queue.push(view);
    }
  }
  return [...reached].sort().filter(view => {
    const named = views.get(view);
    return (
      named !== undefined &&
      named.madeBy < at &&
      (column === undefined || named.words.has(column))
    );
  });
}

function sentence(view: string, gap: Gap): string {
  const { by, column, how, isAnew } = gap;
  const what = `${column === undefined ? '' : `${column} of `}${gap.shown}`;
  return `View ${shown(view)} reads ${what}, which ${by} ${
    isAnew ? 'makes anew' : how
  }: whether the view can still be read is not checked without a rehearsal`;
}

function shown(compared: string): string {
  return splitName(compared).schema === '' ? `main.${compared}` : compared;
}
