import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationChoicesSchema } from 'backstage-plugin-dojo-common';
import { ChildSlots } from '../child/ChildSlots';
import { DatabaseRunner } from './DatabaseRunner';
import { DatabaseTurns } from './DatabaseTurns';

const { signal } = new AbortController();

describe('DatabaseRunner', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojo-runner-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (mode: 'plan' | 'rehearse', deadline: string) => {
    const command = join(folder, 'never.cjs');
    writeFileSync(command, 'setInterval(() => {}, 1_000);');
    return new DatabaseRunner({
      openRepository: async () => Promise.reject(new Error('needs none')),
      turns: new DatabaseTurns(),
      slots: new ChildSlots({ max: 1 }),
      migrations: { memoryBytes: 1024 * 1024 * 1024, spillBytes: 1 },
      plans: { atOnce: 1, memoryBytes: 512 * 1024 * 1024, seconds: 1 },
      command,
      temporaryRoot: folder,
    }).run(
      {
        component: 'component:default/ledger',
        initiator: 'user:default/eve',
        environment: 'dev',
        database: join(folder, 'l.duckdb'),
        fixedFolder: folder,
        repository: 'file:ledger.git',
        migrations: 'migrations',
        choices: migrationChoicesSchema.parse({
          operation: 'restore',
          deadline,
        }),
        mode,
      },
      { signal },
    );
  };

  it('gives a plan the time that plans have, whatever is asked for', async () => {
    await expect(run('plan', '24h')).rejects.toMatchObject({
      code: 'COMMAND_DEADLINE',
      message:
        'a plan of component:default/ledger in dev took longer than 1 s and was stopped',
    });
  });

  it('gives a rehearsal the time that is asked for', async () => {
    await expect(run('rehearse', '2s')).rejects.toMatchObject({
      code: 'DATABASE_DEADLINE',
    });
  });
});
