import { PassThrough } from 'node:stream';
import { ProgressLog } from './progress-log';

function started(isTerminal: boolean) {
  const stream = new PassThrough({ encoding: 'utf8' });
  const progress = new ProgressLog(stream, {
    isTerminal,
    now: () => jest.now(),
  });
  return { progress, written: () => (stream.read() as string | null) ?? '' };
}

describe('ProgressLog', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  describe('when it writes to a terminal', () => {
    it('shows the time since the last line beneath it, and leaves only lines', () => {
      const { progress, written } = started(true);
      progress.log('0001_core');
      jest.advanceTimersByTime(2_000);
      expect(written()).toBe(
        '0001_core\n\r\u001b[2K  … 1.0 s\r\u001b[2K  … 2.0 s',
      );
      progress.log('0002_tags');
      expect(written()).toBe('\r\u001b[2K0002_tags\n');
      jest.advanceTimersByTime(1_000);
      expect(written()).toContain('… 1.0 s');
      progress.close();
      expect(written()).toBe('\r\u001b[2K');
      jest.advanceTimersByTime(5_000);
      expect(written()).toBe('');
    });
  });

  describe('when it writes to a file or a pipe', () => {
    it('writes lines and nothing else', () => {
      const { progress, written } = started(false);
      progress.log('0001_core\u001b[31m');
      jest.advanceTimersByTime(60_000);
      progress.close();
      expect(written()).toBe('0001_core\ufffd[31m\n');
    });
  });
});
