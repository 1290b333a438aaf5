import { z } from 'zod/v3';

/** The ref under which the portal notes what no other system holds; `git notes --ref=dojo` reads it. */
export const notesRef = 'refs/notes/dojo';

const at = z.string().datetime();
const word = z.string().min(1).max(300);
const text = z.string().max(2_000);

/** Somebody said that a version is not to be deployed; stands at the tagged commit of the service's repository. */
const rejectedSchema = z.object({
  kind: z.literal('rejected'),
  /** The tag: a commit may have those of several components. */
  version: word,
  by: word,
  at,
  reason: text,
});

/** Somebody took that back. */
const acceptedSchema = z.object({
  kind: z.literal('accepted'),
  version: word,
  by: word,
  at,
  reason: text.optional(),
});

/** How a rollout ended; stands at the landing commit of the infra repository. */
const outcomeSchema = z.object({
  kind: z.literal('outcome'),
  /** A landing may change several: `ledger/dev`. */
  folder: word,
  outcome: z.enum(['healthy', 'failed', 'superseded', 'not-observed']),
  at,
  /** Of the cause, where it failed. */
  code: word.optional(),
  sentence: text.optional(),
});

const noteLineSchema = z.discriminatedUnion('kind', [
  rejectedSchema,
  acceptedSchema,
  outcomeSchema,
]);

/** One line of a note. */
export type NoteLine = z.infer<typeof noteLineSchema>;

/** Of one line, in UTF-16 code units; a longer one is nobody's of ours. */
export const maxNoteLine = 4_096;
/** Lines of one note that are looked at: the last ones, since each is added behind the others. */
export const maxNoteLines = 2_000;

/** A line as it is written: one JSON object, without a line end. Texts that are too long are cut. */
export function formatNoteLine(line: NoteLine): string {
  const cut = Object.fromEntries(
    Object.entries(line).map(([name, value]) => [
      name,
      name === 'reason' || name === 'sentence'
        ? Array.from(value).slice(0, 500).join('')
        : value,
    ]),
  );
  return JSON.stringify(noteLineSchema.parse(cut));
}

/**
 * The lines of ours in a note, oldest first by their own times. Everything else in it is a person's, or a later version's,
 * and is left out. git merges notes by union and may sort their lines, so that their order in the text says nothing.
 */
export function parseNote(note: string): NoteLine[] {
  return note
    .split('\n')
    .slice(-maxNoteLines)
    .flatMap(line => parseLine(line) ?? [])
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function parseLine(line: string): NoteLine | undefined {
  if (!line.startsWith('{') || line.length > maxNoteLine) return undefined;
  try {
    return noteLineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
