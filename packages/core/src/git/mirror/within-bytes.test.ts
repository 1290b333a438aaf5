import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withinBytes } from './within-bytes';

const { signal } = new AbortController();

describe('withinBytes', () => {
  let folder: string;
  const limit = () => ({
    folder,
    maxBytes: 1_000,
    tooLarge: () => new Error('too large'),
  });
  const write = (bytes: number) =>
    writeFileSync(join(folder, 'pack'), Buffer.alloc(bytes));
  const untilAborted = (of: AbortSignal) =>
    new Promise<never>((_, reject) => {
      of.addEventListener('abort', () => reject(of.reason), { once: true });
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojo-bytes-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('lets pass what stays within', async () => {
    write(1_000);
    await expect(withinBytes(limit(), signal, async () => 1)).resolves.toBe(1);
  });

  it('ends what grows and grows', async () => {
    await expect(
      withinBytes(limit(), signal, of => {
        write(1_001);
        return untilAborted(of);
      }),
    ).rejects.toThrow('too large');
  });

  it('fails where it is too large at the end, and where it fails by itself', async () => {
    await expect(
      withinBytes(limit(), signal, async () => write(1_001)),
    ).rejects.toThrow('too large');
    await expect(
      withinBytes(limit(), signal, async () => {
        throw new Error('its own');
      }),
    ).rejects.toThrow('its own');
  });

  it('ends with its caller', async () => {
    const abort = new AbortController();
    const running = withinBytes(limit(), abort.signal, untilAborted);
    abort.abort(new Error('stop'));
    await expect(running).rejects.toThrow('stop');
  });
});
