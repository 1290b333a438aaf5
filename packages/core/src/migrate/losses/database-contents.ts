/** What a database holds that pending files may take away. Read by our own SQL alone, which runs nothing of it. */
export interface DatabaseContents {
  /** Those that were asked for, and that there are. */
  readonly tables: readonly CountedTable[];
  readonly views: readonly StoredView[];
  /** Views that there are beside these, whose text together is too long to be read. */
  readonly viewsLeft: number;
}

/** A table, and how many rows it has. */
export interface CountedTable {
  readonly schema: string;
  readonly name: string;
  readonly rows: number;
  /** Whether they were counted; else it is what DuckDB keeps, deleted rows that are not cleared away yet included. */
  readonly isCounted: boolean;
}

/** A view, as DuckDB keeps it. */
export interface StoredView {
  readonly schema: string;
  readonly name: string;
  readonly sql: string;
}

/** Tables, by the names that a statement compares: `notes`, `app.notes`, and `app.` for all of a schema. */
export type AskedTables = ReadonlySet<string>;
