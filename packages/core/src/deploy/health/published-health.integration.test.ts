import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedModules } from 'dojo-testing';
import { parseObjects } from '../objects/parse-objects';
import { now, secondsAgo } from './__testUtils__/health-of';
import { assessObjects } from './assess-objects';

/** What the test of another engine judges, and its answer. */
interface Judged {
  readonly name: string;
  readonly yaml: string;
  readonly theirs: string;
}

/** Of `status_compute_test.go`: texts, and the cases of its tables that name one. */
function casesOfKstatus(source: string): readonly Judged[] {
  const texts = new Map(
    [...source.matchAll(/^var (\w+) = `([^`]*)`/gm)].map(([, name, text]) => [
      name,
      text,
    ]),
  );
  const cases = source.matchAll(
    /"([^"]+)": \{\s+spec:\s+(?:fmt\.Sprintf\()?(\w+).*,\s+expectedStatus:\s+(\w+)Status,/g,
  );
  return [...cases].map(([, name, text, theirs]) => ({
    name,
    // A pod that is being scheduled was made just now.
    yaml: texts.get(text)!.replaceAll('%s', secondsAgo(5)),
    theirs,
  }));
}

/** Of `health_test.go`: a file, and what it is called. */
function casesOfArgo(folder: string): readonly Judged[] {
  const source = readFileSync(join(folder, 'health_test.go'), 'utf8');
  const cases = source.matchAll(
    /assertAppHealth\(t, "([^"]+)", HealthStatus(\w+)\)/g,
  );
  return [...cases].map(([, path, theirs]) => ({
    name: path.replace(/^.*\/|\.yaml$/g, ''),
    yaml: readFileSync(join(folder, path), 'utf8'),
    theirs,
  }));
}

/** In the words of {@link casesOfArgo}. */
const argoWords: Readonly<Record<string, string>> = {
  Current: 'Healthy',
  InProgress: 'Progressing',
  Terminating: 'Progressing',
  Failed: 'Degraded',
};

const ours = (yaml: string) =>
  assessObjects(parseObjects(yaml, 'theirs.yaml').slice(0, 1), now)[0];

describe('assessObjects', () => {
  let folders: Awaited<ReturnType<typeof publishedModules>>;
  beforeAll(async () => {
    folders = await publishedModules();
  }, 600_000);

  it("answers what kstatus answers to its own tests' objects, but where docs/explanation/health.md says otherwise", () => {
    const cases = casesOfKstatus(
      readFileSync(
        join(folders.kstatus, 'pkg/kstatus/status/status_compute_test.go'),
        'utf8',
      ),
    );
    expect(cases.length).toBe(53);
    const other = cases
      .map(one => ({ ...one, found: ours(one.yaml) }))
      .filter(({ found, theirs }) => found.status !== theirs);
    expect(
      other.map(
        ({ name, theirs, found }) =>
          `${name}: ${theirs}, ${found.status} ${found.reason}`,
      ),
    ).toEqual(['jobInProgress: Current, InProgress JobRunning']);
  });

  it("answers what Argo CD answers to its own tests' objects, but where docs/explanation/health.md says otherwise", () => {
    const cases = casesOfArgo(join(folders.gitopsEngine, 'pkg/health'));
    expect(cases.length).toBe(45);
    const other = cases
      .map(one => ({ ...one, found: ours(one.yaml) }))
      .filter(({ found, theirs }) => argoWords[found.status] !== theirs);
    expect(
      other.map(
        ({ name, theirs, found }) =>
          `${name}: ${theirs}, ${found.status} ${found.reason}`,
      ),
    ).toEqual([
      'deployment-suspended: Suspended, InProgress DeploymentPaused',
      'svc-loadbalancer-unassigned: Progressing, Current ServiceReady',
      'ingress-unassigned: Progressing, Current IngressReady',
    ]);
  });
});
