/** Preloaded into a child: writes down when its request had come, and when its answer began, in milliseconds since it started. */
const { writeFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');

const file = process.env.DOJO_BENCH_MARKS;
let asked = 0;
process.stdin.once('end', () => {
  asked = performance.now();
});
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (...args) => {
  process.stdout.write = write;
  writeFileSync(file, JSON.stringify({ asked, answered: performance.now() }));
  return write(...args);
};
