import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bundleDojo,
  git,
  isFullSweep,
  makeRepository,
  runKilled,
  startDojo,
  sweepOf,
} from 'dojo-testing';
import {
  readImageLayout,
  writeImageLayout,
} from './__testUtils__/image-layout';
import { inLanes } from './__testUtils__/in-lanes';
import { killSeed, killsAtCalls } from './__testUtils__/kills';

jest.setTimeout(900_000);

/** Of the calls at which a release is killed, where not all are asked for. */
const sample = 16;
/** Releases at once into one layout. */
const many = 6;

describe('an image layout', () => {
  let root: string;
  beforeAll(bundleDojo);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dojo-layout-kill-'));
  });
  afterEach(() =>
    rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  );

  /** A repository with one feature. @returns its head. */
  function service(path: string, feature: string): string {
    makeRepository(path, { commits: [{ message: `feat: ${feature}` }] });
    return git(path, ['rev-parse', 'main']);
  }

  const release = (repository: string, layout: string, version: string) => [
    ...['release', '--repository', repository, '--image', `oci:${layout}`],
    ...['--bump', version, '--changelog', 'none', '--json'],
  ];
  const writersIn = (layout: string) =>
    readdirSync(layout).filter(name => name.startsWith('.dojo'));

  it('is whole wherever a release is killed, and the next run finishes it', async () => {
    const first = join(root, 'first');
    const head = service(join(first, 'ledger.git'), 'accounts');
    writeImageLayout(join(first, 'images'), [head]);
    const digest = readImageLayout(join(first, 'images')).get(head);
    const world = (name: string) => {
      cpSync(first, join(root, name), { recursive: true });
      const folder = join(root, name, 'images');
      const args = release(join(root, name, 'ledger.git'), folder, '1.0.0');
      return { folder, args, home: join(root, `${name}-home`) };
    };
    const whole = await runKilled(world('whole'), { kind: 'never' });
    expect([whole.code, whole.stderr]).toEqual([0, expect.anything()]);
    expect(whole.calls.map(({ name }) => name)).toContain('rename');

    const some = sweepOf(killsAtCalls(whole), {
      size: sample,
      seed: killSeed,
      full: isFullSweep(),
    });
    await inLanes(some, async (kill, at) => {
      const each = world(`killed-${at}`);
      const killed = await runKilled(each, kill);
      expect([kill, killed.signal]).toEqual([kill, 'SIGKILL']);
      const left = readImageLayout(each.folder);
      expect(left.get(head)).toBe(digest);
      expect([undefined, digest]).toContain(left.get('1.0.0'));

      const again = await startDojo(each.args, each.home).ended;
      expect([kill, again.code, again.stderr]).toEqual([
        kill,
        0,
        expect.anything(),
      ]);
      expect([...readImageLayout(each.folder)]).toEqual([
        [head, digest],
        ['1.0.0', digest],
      ]);
      // What had been written whole is not written again: then the folder stays for the next that writes.
      const isWritten = !left.has('1.0.0');
      expect(isWritten ? writersIn(each.folder) : []).toEqual([]);
    });
  });

  it('loses no tag of releases in processes at once', async () => {
    const layout = join(root, 'images');
    const repositories = Array.from({ length: many }, (_, at) => ({
      path: join(root, `service-${at}.git`),
      version: `1.${at}.0`,
    }));
    const heads = repositories.map(({ path, version }) =>
      service(path, version),
    );
    writeImageLayout(layout, heads);
    const before = readImageLayout(layout);
    const exits = await Promise.all(
      repositories.map(
        ({ path, version }) =>
          startDojo(release(path, layout, version), join(root, version)).ended,
      ),
    );
    expect(exits.map(({ code }) => code)).toEqual(Array(many).fill(0));
    const after = readImageLayout(layout);
    for (const [at, { version }] of repositories.entries()) {
      expect(after.get(version)).toBe(before.get(heads[at]));
    }
    expect(after.size).toBe(2 * many);
    expect(writersIn(layout)).toEqual([]);
  });
});
