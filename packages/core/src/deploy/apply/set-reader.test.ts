import type { Cluster, ObjectKind } from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import { SetReader } from './set-reader';
import type { RefusedRequest } from './refused-writes';

const { signal } = new AbortController();
const set = { component: 'ledger', namespace: 'ledger-dev' };
const service = { apiVersion: 'v1', kind: 'Service' };
const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' };

/** A cluster that has one object of each kind, and what it was asked. */
function told(fails: (kind: ObjectKind) => unknown = () => undefined) {
  const asked: string[] = [];
  const cluster = {
    list: async (kind: ObjectKind) => {
      asked.push(kind.kind);
      const error = fails(kind);
      if (error !== undefined) throw error;
      return [{ ...kind, metadata: { name: `one-${asked.length}` } }];
    },
  } as unknown as Cluster;
  return { asked, reader: new SetReader(cluster, set, signal) };
}

const refusal = (status: number) =>
  new ClusterRefusal({
    status,
    reason: '',
    message: 'the API server refused it',
    causes: [],
    verb: 'list',
    resource: 'services',
    group: '',
    object: service,
    dryRun: false,
  });

describe('SetReader', () => {
  it('takes what was listed ahead once, and lists the other kinds', async () => {
    const { asked, reader } = told();
    reader.listAhead([service]);
    const refused: RefusedRequest[] = [];
    const objects = await reader.list([claim, service], refused);
    expect(asked).toEqual(['Service', 'PersistentVolumeClaim']);
    expect(objects.map(({ kind }) => kind)).toEqual([
      'PersistentVolumeClaim',
      'Service',
    ]);
    await reader.list([service], refused);
    expect(asked).toEqual(['Service', 'PersistentVolumeClaim', 'Service']);
    expect(refused).toEqual([]);
  });

  it('tells of what was refused ahead when the kind is asked for', async () => {
    const forbidden = refusal(403);
    const { reader } = told(({ kind }) =>
      kind === 'Service' ? forbidden : refusal(404),
    );
    reader.listAhead([service, claim]);
    const refused: RefusedRequest[] = [];
    await expect(reader.list([claim], refused)).resolves.toEqual([]);
    expect(refused).toEqual([]);
    await expect(reader.list([service], refused)).resolves.toEqual([]);
    expect(refused).toEqual([{ refusal: forbidden }]);
  });

  it('fails with what failed ahead, and nobody hears of what is not asked for', async () => {
    const { reader } = told(() => new Error('cut'));
    reader.listAhead([service, claim]);
    await expect(reader.list([service], [])).rejects.toThrow('cut');
  });
});
