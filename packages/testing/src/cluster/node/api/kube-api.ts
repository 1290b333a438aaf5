import { setTimeout as wait } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';

/** Where an API server is, and who asks. */
export interface KubeAccess {
  /** `https://127.0.0.1:6443` */
  readonly url: string;
  /** PEM of the authority that signed the server's certificate. */
  readonly ca: string;
  readonly clientCert: string;
  readonly clientKey: string;
}

/** The API server answered, and not with success. */
export class KubeRefusal extends Error {
  readonly name = 'KubeRefusal';

  constructor(readonly status: number, message: string) {
    super(message);
  }
}

/** One line of a watch. */
export interface WatchLine {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: unknown;
}

/** How the body of a patch is read. */
export type PatchType = 'merge-patch' | 'strategic-merge-patch';

/** Milliseconds between two tries to reach a server that is away. */
const retryDelay = 100;
const forbiddenTries = 50;

/**
 * JSON requests to an API server. One that is away, or asks to come again, is asked again until the node stops: a kubelet
 * outlives its control plane.
 */
export class KubeApi {
  private readonly agent: Agent;

  constructor(
    private readonly access: KubeAccess,
    private readonly stopped: AbortSignal,
  ) {
    this.agent = new Agent({
      connect: {
        ca: access.ca,
        cert: access.clientCert,
        key: access.clientKey,
      },
      // Of HTTP/2, undici may raise an error that nobody can listen to when an agent is destroyed (see its #5936).
      allowH2: false,
      // The watches hold theirs for as long as they run.
      connections: 32,
    });
  }

  /** @returns undefined: there is no such object. */
  async find<T>(path: string): Promise<T | undefined> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.send<T>('GET', path);
      } catch (error) {
        if (!(error instanceof KubeRefusal)) throw error;
        if (error.status === 404) return undefined;
        // The Node authorizer learns a moment later than the node that a pod, which names this, is bound to it.
        if (error.status !== 403 || tries === forbiddenTries) throw error;
        await wait(retryDelay, undefined, { signal: this.stopped });
      }
    }
  }

  list<T>(path: string): Promise<T> {
    return this.send<T>('GET', path);
  }

  create<T>(path: string, body: unknown): Promise<T> {
    return this.send<T>('POST', path, body);
  }

  patch<T>(path: string, body: unknown, type: PatchType): Promise<T> {
    return this.send<T>('PATCH', path, body, `application/${type}+json`);
  }

  /** Already gone is success. */
  async remove(path: string, options: object): Promise<void> {
    try {
      await this.send('DELETE', path, {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        ...options,
      });
    } catch (error) {
      // 409: another object has the name by now.
      const isGone =
        error instanceof KubeRefusal && [404, 409].includes(error.status);
      if (!isGone) throw error;
    }
  }

  /** The lines of a watch, until its connection ends. @throws KubeRefusal */
  async *watch(path: string): AsyncGenerator<WatchLine> {
    const answer = await this.ask('GET', path, undefined, 0);
    if (answer.statusCode >= 400) throw await toRefusal(answer);
    let open = '';
    answer.body.setEncoding('utf8');
    for await (const chunk of answer.body as AsyncIterable<string>) {
      const lines = (open + chunk).split('\n');
      open = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line) as WatchLine;
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async send<T>(
    method: Dispatcher.HttpMethod,
    path: string,
    body?: unknown,
    type = 'application/json',
  ): Promise<T> {
    for (;;) {
      const answered = await this.tryOnce<T>(method, path, body, type);
      if (answered !== undefined) return answered.value;
      await wait(retryDelay, undefined, { signal: this.stopped });
    }
  }

  /** @returns undefined: the server is away, or asks to come again. */
  private async tryOnce<T>(
    method: Dispatcher.HttpMethod,
    path: string,
    body: unknown,
    type: string,
  ): Promise<{ readonly value: T } | undefined> {
    let answer: Dispatcher.ResponseData;
    let text: string;
    try {
      const sent =
        body === undefined ? undefined : { type, text: JSON.stringify(body) };
      answer = await this.ask(method, path, sent);
      if (answer.statusCode >= 400) throw await toRefusal(answer);
      text = await answer.body.text();
    } catch (error) {
      if (this.stopped.aborted) throw error;
      if (error instanceof KubeRefusal && !isPassing(error.status)) throw error;
      return undefined;
    }
    return { value: JSON.parse(text) as T };
  }

  private ask(
    method: Dispatcher.HttpMethod,
    path: string,
    body?: { readonly type: string; readonly text: string },
    bodyTimeout = 30_000,
  ): Promise<Dispatcher.ResponseData> {
    return request(`${this.access.url}${path}`, {
      method,
      dispatcher: this.agent,
      headers: {
        accept: 'application/json',
        'user-agent': 'dojo-process-node',
        ...(body && { 'content-type': body.type }),
      },
      body: body?.text,
      signal: this.stopped,
      headersTimeout: 30_000,
      bodyTimeout,
    });
  }
}

function isPassing(status: number): boolean {
  return status === 429 || status >= 500;
}

async function toRefusal(
  answer: Dispatcher.ResponseData,
): Promise<KubeRefusal> {
  const text = await answer.body.text();
  return new KubeRefusal(answer.statusCode, messageOf(text));
}

function messageOf(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === 'string' ? message : text;
  } catch {
    return text;
  }
}
