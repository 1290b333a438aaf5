import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, kill } from '../process-tree';
import { untilTrue } from './__testUtils__/until-true';
import { startGuard } from './guard';
import { until } from './until';

const sh = { command: 'sh', args: ['-c'] };

function startInFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'guard-'));
  return { folder, guard: startGuard(folder) };
}

describe('startGuard', () => {
  describe('when a program runs', () => {
    it('works in the folder, and keeps what it writes', async () => {
      const { folder, guard } = startInFolder();
      writeFileSync(join(folder, 'here'), 'there it is\n');
      const program = await guard.run('cat', sh, ['cat here; echo no >&2']);
      await untilTrue(() => program.hasExited());
      expect(await program.log()).toBe('there it is\nno\n');
      await guard.stop();
    });

    it('ends it when it is told to, and starts one of its name anew', async () => {
      const { guard } = startInFolder();
      const one = await guard.run('sleep', sh, ['exec sleep 1000']);
      await one.kill();
      await one.kill();
      expect(isAlive(one.pid)).toBe(false);
      const other = await guard.run('sleep', sh, ['exec sleep 1000']);
      expect(other.hasExited()).toBe(false);
      await guard.stop();
    });
  });

  describe('when it is stopped', () => {
    it('leaves neither programs nor the folder', async () => {
      const { folder, guard } = startInFolder();
      const deaf = 'trap "" TERM INT HUP; while :; do sleep 0.1; done';
      const programs = await Promise.all(
        ['one', 'two'].map(name => guard.run(name, sh, [deaf])),
      );
      await guard.stop();
      expect(programs.map(({ pid }) => isAlive(pid))).toEqual([false, false]);
      expect(programs.every(program => program.hasExited())).toBe(true);
      expect(existsSync(folder)).toBe(false);
    });
  });

  describe('when there is no such program', () => {
    it('says so', async () => {
      const { guard } = startInFolder();
      await expect(
        guard.run('none', { command: '/none', args: [] }, []),
      ).rejects.toThrow('/none could not be started.');
      await guard.stop();
    });
  });

  describe('when the guard itself is gone', () => {
    it('does not wait for what nobody tells any more', async () => {
      const { folder, guard } = startInFolder();
      const program = await guard.run('parent', sh, ['echo $PPID; sleep 1']);
      await untilTrue(async () => (await program.log()) !== '');
      kill(Number(await program.log()));
      await untilTrue(() => program.hasExited());
      await expect(guard.run('late', sh, ['true'])).rejects.toThrow(
        'sh could not be started.',
      );
      await guard.stop();
      expect(existsSync(folder)).toBe(true);
    });
  });
});

describe('until', () => {
  describe('when the program ends instead', () => {
    it('tells what it wrote', async () => {
      const { guard } = startInFolder();
      const program = await guard.run('etcd', sh, ['echo no space; exit 1']);
      await expect(until(program, async () => false)).rejects.toThrow(
        'etcd did not start: no space',
      );
      await guard.stop();
    });
  });
});
