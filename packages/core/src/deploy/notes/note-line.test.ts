import fc from 'fast-check';
import { formatNoteLine, maxNoteLine, parseNote } from './note-line';
import { rejectionIn } from './rejection';

const seed = 20261129;
const rejected = {
  kind: 'rejected',
  version: 'v0.4.1',
  by: 'user:default/ada',
  at: '2026-11-29T12:00:00.000Z',
  reason: 'wrong time zone value',
} as const;
const accepted = {
  kind: 'accepted',
  version: 'v0.4.1',
  by: 'user:default/bob',
  at: '2026-11-29T13:00:00.000Z',
} as const;
const outcome = {
  kind: 'outcome',
  folder: 'ledger/dev',
  outcome: 'failed',
  at: '2026-11-29T12:30:00.000Z',
  code: 'CRASH_LOOP',
  sentence: 'exits at start',
} as const;

describe('parseNote', () => {
  it('reads what formatNoteLine wrote, oldest first, whatever order the lines have', () => {
    const lines = [accepted, outcome, rejected].map(formatNoteLine);
    expect(parseNote(`${lines.join('\n')}\n`)).toEqual([
      rejected,
      outcome,
      accepted,
    ]);
  });

  it.each([
    ['a sentence of a person', 'do not deploy this'],
    ['JSON of somebody else', '{"kind":"build","ok":true}'],
    ['half a line', formatNoteLine(rejected).slice(0, -5)],
    ['a line without a reason', '{"kind":"rejected","version":"v1"}'],
    ['a line that is too long', `{"x":"${'x'.repeat(maxNoteLine)}"}`],
    ['a time that is none', JSON.stringify({ ...rejected, at: 'yesterday' })],
  ])('leaves out %s', (_, line) => {
    expect(parseNote(`${line}\n${formatNoteLine(outcome)}\n`)).toEqual([
      outcome,
    ]);
  });

  it(`never throws (seed ${seed})`, () => {
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map(json => `{${json}`),
    );
    fc.assert(
      fc.property(fc.array(line), lines => {
        expect(Array.isArray(parseNote(lines.join('\n')))).toBe(true);
      }),
      { seed },
    );
  });

  it('keeps a line in one line, and cuts a long reason', () => {
    const line = formatNoteLine({ ...rejected, reason: 'a\nb'.repeat(900) });
    expect(line).not.toContain('\n');
    expect(line.length).toBeLessThan(maxNoteLine);
    expect(parseNote(line)).toHaveLength(1);
  });
});

describe('rejectionIn', () => {
  const note = (...lines: Parameters<typeof formatNoteLine>[0][]) =>
    lines.map(formatNoteLine).join('\n');

  it('finds who rejected the version, when and why', () => {
    const { kind, ...rejection } = rejected;
    expect(rejectionIn(note(outcome, rejected), 'v0.4.1')).toEqual(rejection);
    expect(rejectionIn(note(rejected), '0.4.1')).toEqual(rejection);
    expect(rejectionIn(note(rejected), undefined)).toEqual(rejection);
  });

  it.each([
    ['there is no note', undefined, 'v0.4.1'],
    ['another component has its tag there', note(rejected), 'api/v0.4.1'],
    ['it was taken back', note(accepted, rejected), 'v0.4.1'],
  ])('finds none where %s', (_, text, tag) => {
    expect(rejectionIn(text, tag)).toBeUndefined();
  });

  it('holds a version back that was rejected again, or at the very moment', () => {
    const again = { ...rejected, at: '2026-11-29T14:00:00.000Z' };
    expect(rejectionIn(note(again, rejected, accepted), 'v0.4.1')?.at).toBe(
      again.at,
    );
    const same = { ...accepted, at: rejected.at };
    expect(rejectionIn(note(same, rejected), 'v0.4.1')).toBeDefined();
    expect(rejectionIn(note(rejected, same), 'v0.4.1')).toBeDefined();
  });
});
