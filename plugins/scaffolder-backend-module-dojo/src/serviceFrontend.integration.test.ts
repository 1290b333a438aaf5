import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  MadeService,
  makeService,
  makeServiceOf,
} from './__testUtils__/makeService';
import { renderService, serviceValues } from './__testUtils__/renderService';

// The first run makes a virtual environment and installs what the frontend is built with.
jest.setTimeout(400_000);

const checkout = join(__dirname, '../../..');
const ledger = join(checkout, 'examples/ledger');
const folder = mkdtempSync(join(tmpdir(), 'dojo-frontend-'));
afterAll(() => rmSync(folder, { recursive: true }));

const passed = { code: 0, output: expect.stringMatching(/ passed in /) };
/** npm finds its registry, its certificates and its cache by it. */
const home = Object.fromEntries(
  ['HOME', 'npm_config_globalconfig', 'NODE_EXTRA_CA_CERTS'].flatMap(name =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  ),
);

describe('the lock file of the frontend', () => {
  const lock = JSON.parse(
    readFileSync(
      join(
        checkout,
        'templates/dojo-service/frontend/frontend/package-lock.json',
      ),
      'utf8',
    ),
  );
  const packages = Object.entries<Record<string, unknown>>(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, { resolved, integrity }]) => ({ path, resolved, integrity }));

  it('has a hash of each package, and leaves it to npm where it is', () => {
    expect(packages.length).toBeGreaterThan(50);
    const wrong = packages.filter(
      one =>
        one.resolved !== undefined ||
        !String(one.integrity).startsWith('sha512-'),
    );
    expect(wrong).toEqual([]);
  });

  it('stays so with the next package', () => {
    expect(
      readFileSync(
        join(checkout, 'templates/dojo-service/frontend/frontend/.npmrc'),
        'utf8',
      ),
    ).toContain('omit-lockfile-registry-resolved=true');
  });
});

describe('a service with a frontend', () => {
  let service: MadeService;
  beforeAll(async () => {
    const root = join(folder, 'savings/savings');
    await renderService(
      root,
      serviceValues('savings', {
        title: `Käse & "co" \\ 'x' \${y} {{z}} #1: <b>`,
        description: `Käse & "co" \\ 'x' \${y} {{z}} #1: <b>`,
        frontend: 'vue',
      }),
    );
    service = makeService(root);
  });

  it('checks its types, passes its tests, and is built into the package', async () => {
    const { code, output } = await service.run(
      ['scripts/build-frontend', '--check'],
      home,
    );
    expect({ code, output }).toMatchObject({ code: 0 });
    // vitest colours its figures, or not.
    expect(output).toMatch(/Tests.*\d+ passed/);

    const page = join(service.root, 'src/savings/static');
    expect(readFileSync(join(page, 'index.html'), 'utf8')).toContain(
      '<title>Käse &amp; &quot;co&quot;',
    );
    // Its icon, and a script and a style named by their content.
    const assets = readdirSync(join(page, 'assets')).map(name =>
      name.replace(/-.{8}\./, '-….'),
    );
    expect(assets.sort()).toEqual(['icon.svg', 'index-….css', 'index-….js']);
    // What was built is nothing to commit.
    expect(service.git('status', '--porcelain')).toBe('');
  });

  it('passes its own tests and its own lint', async () => {
    expect(
      await service.run(['scripts/run-tests', '--skip-e2e', '--coverage']),
    ).toEqual(passed);
    expect(await service.run(['scripts/lint'])).toMatchObject({ code: 0 });
  });
});

describe('examples/ledger', () => {
  it('passes its journeys in a browser, on databases with the migrations of this repository', async () => {
    const service = makeServiceOf(ledger, join(folder, 'ledger/ledger'));
    expect(
      await service.run(['scripts/run-tests', '--filter', 'e2e'], {
        ...home,
        CHROMIUM_PATH: findChromium(),
      }),
    ).toEqual(passed);
  });
});

/** As the browser suite finds it; Jest loads no ES modules. */
function findChromium(): string {
  const finder = pathToFileURL(
    join(checkout, 'scripts/suites/find-chromium.mjs'),
  );
  const script = `import { findChromium } from '${finder.href}'; process.stdout.write(findChromium());`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: checkout,
    encoding: 'utf8',
  });
}
