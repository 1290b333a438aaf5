import { pushImage, startRegistry } from 'dojo-testing';
import type { PushedImage, PushImageOptions, TestRegistry } from 'dojo-testing';
import { testPath } from './open-test-image';

/** The first start on a machine builds the registry. */
const startTimeout = 900_000;

/** The registry of one suite: a {@link TestRegistry} once its tests run. */
export interface SuiteRegistry
  extends Pick<TestRegistry, 'host' | 'direct' | 'log' | 'faults'> {
  clearLog(): void;
  /** The methods of the requests in the log. */
  methods(): string[];
  /** Pushes an image to {@link testPath}, `source` where no tag is given, beside the log. */
  push(options: Partial<PushImageOptions>): Promise<PushedImage>;
}

/** Starts a registry for the suite that calls this; each test finds it without log and faults. */
export function suiteRegistry(): SuiteRegistry {
  let started: TestRegistry;
  beforeAll(async () => {
    started = await startRegistry();
  }, startTimeout);
  afterAll(() => started.close());
  beforeEach(() => {
    started.clearLog();
    started.faults.clear();
  });
  return {
    get host() {
      return started.host;
    },
    get direct() {
      return started.direct;
    },
    get log() {
      return started.log;
    },
    get faults() {
      return started.faults;
    },
    clearLog: () => started.clearLog(),
    methods: () => started.log.map(({ method }) => method),
    push: options =>
      pushImage({
        registry: started.direct,
        repository: testPath,
        tag: 'source',
        ...options,
      }),
  };
}
