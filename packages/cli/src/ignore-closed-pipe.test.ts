import { PassThrough } from 'node:stream';
import { ignoreClosedPipe } from './ignore-closed-pipe';

const lostWith = (code: string) => {
  const stream = new PassThrough();
  const lost: string[] = [];
  ignoreClosedPipe(stream, ({ message }) => lost.push(message));
  stream.emit('error', Object.assign(new Error(code), { code }));
  return lost;
};

describe('ignoreClosedPipe', () => {
  it('goes on where the reader is gone', () => {
    expect(lostWith('EPIPE')).toEqual([]);
  });

  it('goes on where there is no space, and tells', () => {
    expect(lostWith('ENOSPC')).toEqual(['ENOSPC']);
  });
});
