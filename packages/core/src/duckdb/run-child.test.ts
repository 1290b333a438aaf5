import { EventEmitter } from 'node:events';
import { spawn } from 'node:child_process';
import { runChild } from './run-child';

jest.mock('node:child_process', () => ({ spawn: jest.fn() }));

const { signal } = new AbortController();

describe('runChild', () => {
  describe('when there are no file descriptors left', () => {
    it('tells that it could not be started', async () => {
      // Node gives it no streams then, and the error a tick later.
      const child = new EventEmitter();
      jest.mocked(spawn).mockReturnValue(child as ReturnType<typeof spawn>);
      process.nextTick(() => child.emit('error', new Error('spawn cp EMFILE')));
      await expect(runChild('cp', [], signal)).resolves.toEqual({
        code: 127,
        stderr: 'spawn cp EMFILE',
      });
    });
  });
});
