import {
  after,
  crashed,
  deployment,
  digest,
  imageOf,
  pod,
  start,
} from './__testUtils__/live-world';
import { judgeLive } from './judge-live';
import type { JudgedWorkload, LiveWorkload } from './judge-live';
import { trimDeployment, trimPod } from './live-objects';

const judge = (
  whole: ReturnType<typeof deployment>,
  pods: readonly ReturnType<typeof pod>[],
  {
    now = start,
    before,
    readLog = () => [],
    events = [],
  }: Partial<LiveWorkload> & { now?: Date } = {},
): JudgedWorkload =>
  judgeLive(
    {
      component: 'ledger',
      deployment: trimDeployment(whole),
      pods: pods.map(trimPod),
      events,
      readLog,
      ...(before && { before }),
    },
    now,
  );
const failing = {
  image: imageOf('b'),
  ready: 0,
  updated: 1,
  progressing: ['True', 'ReplicaSetUpdated'],
};
const rolling = deployment(failing);
const healthy = () => judge(deployment({ ready: 1 }), [pod()]);

describe('judgeLive', () => {
  it('tells of a version that serves, since when and how many pods', () => {
    expect(healthy()).toMatchObject({
      running: {
        kind: 'version',
        digest: digest('a'),
        since: after(-50).toISOString(),
        ready: 1,
        of: 1,
      },
      health: { kind: 'healthy', since: after(-3_600).toISOString() },
    });
  });

  it('takes the version from the tag or the label where there is one', () => {
    const image = 'ghcr.io/acme/ledger:v0.4.0';
    expect(
      judge(deployment({ ready: 1, image }), [pod({ image })]).running,
    ).toMatchObject({ kind: 'version', version: '0.4.0' });
  });

  it('is down with what the container did once it fails and nothing is ready', () => {
    const state = judge(rolling, [crashed(2)], {
      before: healthy(),
      readLog: () => ['reading config', 'time zone "Rome": password=hunter2'],
    });
    expect(state).toMatchObject({
      running: {
        kind: 'nothing',
        since: after(-30).toISOString(),
        last: digest('a'),
      },
      health: {
        kind: 'down',
        code: 'CONTAINER_CRASHED',
        sentence: 'exits at start (code 1, 2 restarts)',
        since: after(-30).toISOString(),
      },
      cause: {
        code: 'CONTAINER_CRASHED',
        sentence: 'exits at start',
        object: 'Pod/ledger-staging/ledger-9f9f9-x2v9k',
        exitCode: 1,
        restarts: 2,
        log: ['reading config', 'time zone "Rome": password=[redacted]'],
      },
    });
  });

  it('has failed where the version before still serves', () => {
    const state = judge(
      deployment({
        ...failing,
        ready: 1,
        updated: 1,
        all: 2,
        progressing: failing.progressing,
      }),
      [pod(), crashed(3)],
    );
    expect(state.running).toMatchObject({
      kind: 'version',
      digest: digest('a'),
    });
    expect(state.health).toMatchObject({
      kind: 'failed',
      sentence: 'exits at start (code 1, 3 restarts)',
    });
  });

  it('keeps the cause while the container starts again, and forgets it once it is healthy', () => {
    const down = judge(rolling, [crashed(2)], {
      before: healthy(),
      readLog: () => ['why'],
    });
    const again = pod({
      image: imageOf('b'),
      hash: '9f9f9',
      ready: false,
      container: {
        ready: false,
        restartCount: 0,
        state: { running: { startedAt: after(1).toISOString() } },
      },
    });
    const between = judge(rolling, [again], { before: down, now: after(2) });
    expect(between.health).toMatchObject({
      kind: 'down',
      since: down.health.since,
    });
    expect(between.cause).toEqual(down.cause);
    const well = judge(
      deployment({ image: imageOf('b'), ready: 1 }),
      [pod({ image: imageOf('b'), hash: '9f9f9' })],
      { before: between, now: after(30) },
    );
    expect(well.health.kind).toBe('healthy');
    expect(well.cause).toBeUndefined();
  });

  it('begins anew where another version is rolled out', () => {
    const down = judge(rolling, [crashed(2)]);
    const next = judge(
      deployment({
        image: imageOf('c'),
        updated: 0,
        all: 0,
        progressing: ['True', 'ReplicaSetUpdated'],
      }),
      [],
      { before: down },
    );
    expect(next.health).toMatchObject({
      kind: 'rolling-out',
      sentence: 'making the pod',
    });
    expect(next.cause).toBeUndefined();
  });

  const waiting = (
    created: number,
    reason = 'ContainerCreating',
    message = '',
  ) =>
    pod({
      image: imageOf('b'),
      hash: '9f9f9',
      created,
      phase: 'Pending',
      ready: false,
      container: { ready: false, state: { waiting: { reason, message } } },
    });

  it.each([
    ['pulling the image', [waiting(-5)]],
    ['pulling the image, 20 s', [waiting(-24)]],
    ['pulling the image, 2 min', [waiting(-130)]],
    [
      'waiting for a node, 10 s',
      [
        pod({
          image: imageOf('b'),
          created: -14,
          phase: 'Pending',
          ready: false,
          scheduled: false,
          container: {},
        }),
      ],
    ],
    [
      'starting, 50 s',
      [
        pod({
          image: imageOf('b'),
          ready: false,
          container: {
            ready: false,
            state: { running: { startedAt: after(-51).toISOString() } },
          },
        }),
      ],
    ],
  ])('says what a rollout is at: %s', (sentence, pods) => {
    expect(judge(rolling, pods).health).toMatchObject({
      kind: 'rolling-out',
      sentence,
    });
  });

  it('says that an image is not there, from which registry', () => {
    const said = `failed to pull ${imageOf('b')}: not found`;
    expect(
      judge(rolling, [waiting(-3, 'ErrImagePull', said)]).health,
    ).toMatchObject({
      kind: 'down',
      code: 'IMAGE_NOT_FOUND',
      sentence: 'cannot start: its image is not in ghcr.io',
    });
  });

  it('is stopped where nobody wants a pod, and mixed while two versions serve', () => {
    expect(judge(deployment({ replicas: 0 }), []).health.kind).toBe('stopped');
    const both = judge(
      deployment({
        image: imageOf('b'),
        replicas: 2,
        ready: 2,
        updated: 1,
        all: 2,
        progressing: ['True', 'ReplicaSetUpdated'],
      }),
      [pod(), pod({ image: imageOf('b'), hash: '9f9f9' })],
    );
    expect(both.running).toMatchObject({
      kind: 'mixed',
      parts: [{ digest: digest('a') }, { digest: digest('b') }],
    });
  });

  it('is down where what had come up has not been ready for a minute', () => {
    const unready = pod({ created: -90, ready: false });
    const complete = deployment({ updated: 1 });
    const events = [
      {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: 'e', namespace: 'ledger-staging' },
        involvedObject: {
          kind: 'Pod',
          name: unready.metadata.name,
          namespace: 'ledger-staging',
        },
        reason: 'Unhealthy',
        message:
          'Readiness probe failed: HTTP probe failed with statuscode: 503',
      },
    ];
    expect(
      judge(complete, [unready], { events, now: after(-60) }).health.kind,
    ).toBe('rolling-out');
    expect(judge(complete, [unready], { events }).health).toMatchObject({
      kind: 'down',
      sentence: 'does not answer its probe',
    });
  });
});

describe('what is kept', () => {
  it('is little, and nothing of the environment of a container', () => {
    const size = (object: object) => JSON.stringify(object).length;
    const kept = [trimDeployment(deployment({ ready: 1 })), trimPod(pod())];
    process.stdout.write(
      `bytes kept of a Deployment and a pod: ${kept.map(size).join(', ')}\n`,
    );
    expect(JSON.stringify(kept)).not.toContain('hunter2');
    expect(Math.max(...kept.map(size))).toBeLessThan(1_000);
  });
});
