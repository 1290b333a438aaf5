/** What a file answered, or why it did not. */
export type DatabaseAnswer =
  | { readonly texts: readonly string[] }
  | { readonly error: string };

/** A DuckDB that opens files read-only. */
export interface DuckdbReader {
  readonly name: string;
  /** Asks each file each query, which gives one text; one process for all of them. */
  read(
    paths: readonly string[],
    queries: readonly string[],
  ): readonly DatabaseAnswer[];
}
