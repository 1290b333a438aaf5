import { ProcessGuard } from '../process-guard';
import { RunLog } from '../run-log';
import { runProcess } from '../run-process';

/** A process that guards two processes, of which one has a child of its own, tells their numbers, and waits to be killed. */
async function main() {
  const guard = new ProcessGuard();
  const start = async (script: string) => {
    const log = new RunLog();
    const env = { PATH: process.env.PATH ?? '' };
    const toRun = { command: 'sh', args: ['-c', script], env, cwd: '/' };
    const { pid, ended } = await runProcess(toRun, log, guard);
    log.follow({
      line: ({ text }) => process.stdout.write(`${pid} ${text}`),
      end: () => {},
    });
    return ended;
  };
  const short = start('exit 0');
  const long = [
    start('sleep 1000 & echo $!; wait'),
    start("trap '' TERM; echo; sleep 1000"),
  ];
  // One that has ended is not the guard's any more.
  await short;
  await Promise.all(long);
}

void main();
