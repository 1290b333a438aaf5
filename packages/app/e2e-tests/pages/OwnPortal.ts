import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { portalData, root } from './portalData';
import { PortalProcess } from './PortalProcess';

// Beside the portal that the other tests share.
const port = String(Number(process.env.PORTAL_PORT ?? 7107) + 300);

/** `dojo:` of the example, with its environments at the end. */
const [written = ''] =
  /^dojo:\n(?: .*\n)+/m.exec(
    readFileSync(join(root, 'app-config.yaml'), 'utf8'),
  ) ?? [];

/** A portal of one test, which starts it with environments that the example has not. */
export class OwnPortal {
  /** Its data folder; each start keeps what is in it. */
  readonly data: string;

  /** Forgets what an earlier run left. */
  constructor(name: string) {
    this.data = `${portalData}-${name}`;
    rmSync(this.data, { recursive: true, force: true });
  }

  /**
   * Starts it; throws what it complains of where it does not.
   *
   * @param environment - one more of `dojo.environments`, as its lines are written: `name: test`
   */
  start(environment: readonly string[]): Promise<PortalProcess> {
    const config = `${this.data}.yaml`;
    const [first, ...others] = environment;
    const lines = [`    - ${first}`, ...others.map(line => `      ${line}`)];
    mkdirSync(dirname(config), { recursive: true });
    writeFileSync(config, `${written}${lines.join('\n')}\n`);
    return PortalProcess.start('scripts/start.mjs', [
      ...['--data', this.data, '--port', port, '--config', config],
    ]);
  }
}
