import { PassThrough } from 'node:stream';
import { ignoreClosedPipe } from './ignore-closed-pipe';

const failWith = (code: string) => () => {
  const stream = new PassThrough();
  ignoreClosedPipe(stream);
  stream.emit('error', Object.assign(new Error(code), { code }));
};

describe('ignoreClosedPipe', () => {
  it('goes on where the reader is gone', () => {
    expect(failWith('EPIPE')).not.toThrow();
  });

  it('hides nothing else', () => {
    expect(failWith('ENOSPC')).toThrow('ENOSPC');
  });
});
