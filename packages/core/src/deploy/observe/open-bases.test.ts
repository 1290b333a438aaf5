import { sourceOf } from '../__testUtils__/memory-infra';
import { OpenBases } from './open-bases';

const { signal } = new AbortController();

describe('OpenBases', () => {
  const opened: string[] = [];
  const disposed: string[] = [];
  const make = () =>
    new OpenBases(async display => {
      opened.push(display);
      if (display === 'bad') throw new Error('not allowed');
      return {
        display,
        resolveTag: async () => undefined,
        readMessage: async () => '',
        readNotes: async () => [],
        files: commit => sourceOf(new Map([['at', `${display} ${commit}`]])),
        dispose: async () => void disposed.push(display),
      };
    });
  beforeEach(() => {
    opened.length = 0;
    disposed.length = 0;
  });

  it('opens each repository once, and gives the files of each commit', async () => {
    const bases = make();
    const files = await Promise.all(
      ['1', '2'].map(commit => bases.files('a', commit, signal)),
    );
    const texts = files.map(source => source.readFiles(['at'], signal));
    await expect(Promise.all(texts)).resolves.toEqual([['a 1'], ['a 2']]);
    await bases.repository('b', signal);
    expect(opened).toEqual(['a', 'b']);
    await bases.dispose();
    expect(disposed).toEqual(['a', 'b']);
  });

  it('says what was not allowed, and gives the others back', async () => {
    const bases = make();
    await bases.repository('a', signal);
    await expect(bases.files('bad', '1', signal)).rejects.toThrow(
      'not allowed',
    );
    await bases.dispose();
    expect(disposed).toEqual(['a']);
  });
});
