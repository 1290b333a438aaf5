import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../__testUtils__/until';
import { descendantsOf, residentBytes } from './processTree';

describe('what Linux tells of a process', () => {
  it('finds what it started in a group of its own, and how much it holds', async () => {
    const inner = 'setInterval(() => {}, 1000)';
    const outer = `require('child_process').spawn(process.execPath, ['-e', '${inner}'], { detached: true }); ${inner}`;
    const child = spawn(process.execPath, ['-e', outer]);
    try {
      await until(
        'it has started it',
        () => descendantsOf(child.pid!).length > 0,
      );
      const [grandchild, ...more] = descendantsOf(child.pid!);
      expect(more).toEqual([]);
      expect(descendantsOf(process.pid)).toContain(grandchild);
      expect(residentBytes(child.pid!)).toBeGreaterThan(10_000_000);
      process.kill(grandchild, 'SIGKILL');
    } finally {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    expect(descendantsOf(child.pid!)).toEqual([]);
    expect(residentBytes(child.pid!)).toBe(0);
  });
});
