import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { git } from 'dojo-testing';
import { InfraPlace, signal } from '../infra/__testUtils__/infra-place';
import { createRemoteOpener } from '../remote/open-remote';
import { FetchedObjects } from './fetched-objects';

describe('FetchedObjects', () => {
  let place: InfraPlace;
  beforeEach(() => {
    place = new InfraPlace();
  });
  afterEach(() => place.dispose());

  it('leaves the history of a commit whole that came while its turn was waited for', async () => {
    const path = place.make(
      ['first', 'second', 'third'].map(message => ({
        message,
        files: { 'README.md': message },
      })),
    );
    const url = `${await place.serve()}/infra.git`;
    const open = createRemoteOpener({
      allowedHosts: 'any',
      localRoot: { kind: 'anywhere', cwd: place.root },
      temporaryRoot: place.root,
    });
    const { display, remote, temporary } = await open(url);
    await temporary.create('sha1');
    const objects = new FetchedObjects(display, remote, temporary, 'sha1');
    const head = git(path, ['rev-parse', 'main']);
    const [, [commit]] = await Promise.all([
      remote.fetch(
        { wants: [head], history: { kind: 'depth', depth: 200 } },
        signal,
      ),
      objects.fetchParsed([head], 'commit', 'a commit', signal),
    ]);
    expect(commit.message).toBe('third');
    expect(existsSync(join(temporary.gitDir, 'shallow'))).toBe(false);
    objects.dispose();
    await temporary.dispose();
  });
});
