import {
  cutCommit,
  encodeObject,
  encodeTree,
  identityLine,
  maxMessage,
  parseObject,
  parseTree,
  secondsOf,
} from './git-objects';

const oid = 'a'.repeat(40);
const entry = (name: string, mode = '100644') => ({
  mode,
  name: Buffer.from(name),
  oid,
});

describe('encodeObject', () => {
  it.each([
    ['sha1', 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'],
    [
      'sha256',
      '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
    ],
  ] as const)('names the empty blob as git does in %s', (format, expected) => {
    expect(encodeObject('blob', Buffer.alloc(0), format).oid).toBe(expected);
  });
});

describe('encodeTree', () => {
  it('sorts a directory as if its name ended in a slash', () => {
    const tree = encodeTree([
      entry('a', '40000'),
      entry('a.txt'),
      entry('a-b'),
      entry('a0'),
    ]);
    expect(parseTree(tree, 'sha1').map(({ name }) => String(name))).toEqual([
      'a-b',
      'a.txt',
      'a',
      'a0',
    ]);
  });
});

describe('parseTree', () => {
  const whole = encodeTree([entry('a'), entry('b', '40000')]);

  it.each([
    ['without an id', whole.subarray(0, -1)],
    ['without a name', Buffer.from('100644')],
    ['without an end of the name', Buffer.from('100644 name')],
    ['of text', Buffer.from('nothing of a tree\n')],
  ])('refuses bytes %s', (_, bytes) => {
    expect(() => parseTree(bytes, 'sha1')).toThrow(
      expect.objectContaining({ code: 'GIT_TREE_INVALID', kind: 'refused' }),
    );
  });
});

describe('cutCommit', () => {
  it('keeps a commit of usual size as it is', () => {
    const body = Buffer.from('tree x\nparent y\n\nfeat: x\n');
    expect(cutCommit(body)).toEqual(body);
  });

  it('keeps as much of a message as is read', () => {
    const body = Buffer.from(`tree x\n\n${'€'.repeat(maxMessage + 10)}`);
    const { message } = parseObject(cutCommit(body));
    expect(message.slice(0, maxMessage)).toBe('€'.repeat(maxMessage));
    expect(message.length).toBeLessThan(maxMessage + 10);
  });

  it('leaves out the end of a long signature, and not the message', () => {
    const signature = `gpgsig ${'x'.repeat(2_000_000)}`;
    const body = Buffer.from(`tree x\nparent y\n${signature}\n\nfeat: x\n`);
    const cut = cutCommit(body);
    expect(cut.length).toBeLessThan(1_100_000);
    expect(parseObject(cut)).toMatchObject({
      parents: ['y'],
      message: 'feat: x\n',
    });
  });
});

describe('parseObject', () => {
  const commit = (message: Buffer, encoding?: string) =>
    Buffer.concat([
      Buffer.from(
        `tree ${oid}\nparent ${oid}\nparent ${'b'.repeat(40)}\n` +
          `author A <a@b> 1 +0000\ncommitter C <c@d> 1700000000 +0130\n` +
          `gpgsig -----BEGIN\n line\n -----END\n${
            encoding ? `encoding ${encoding}\n` : ''
          }\n`,
      ),
      message,
    ]);

  it('reads headers, parents and message', () => {
    const parsed = parseObject(commit(Buffer.from('feat: x\n\nbody\n')));
    expect(parsed.parents).toEqual([oid, 'b'.repeat(40)]);
    expect(parsed.headers.get('tree')).toBe(oid);
    expect(secondsOf(parsed.headers.get('committer'))).toBe(1_700_000_000);
    expect(parsed.message).toBe('feat: x\n\nbody\n');
  });

  it.each([
    ['another encoding', Buffer.from([0x66, 0xe9]), 'ISO-8859-1', 'fé'],
    ['an unknown encoding', Buffer.from('fé'), 'x-none', 'fé'],
    [
      'bytes that are no UTF-8',
      Buffer.from([0x66, 0xff]),
      undefined,
      'f\ufffd',
    ],
    ['a NUL', Buffer.from('a\0b'), undefined, 'a\0b'],
    ['nothing', Buffer.alloc(0), undefined, ''],
  ])('reads a message of %s', (_, message, encoding, expected) => {
    expect(parseObject(commit(message, encoding)).message).toBe(expected);
  });
});

describe('identityLine', () => {
  it('leaves out what would break the line', () => {
    expect(identityLine({ name: 'A <x>\nparent 1', email: 'a>\0@b' }, 5)).toBe(
      'A xparent 1 <a@b> 5 +0000',
    );
  });
});
