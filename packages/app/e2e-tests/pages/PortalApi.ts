import { setTimeout as delay } from 'node:timers/promises';
import type { PortalUser } from './signInAs';

const component = 'component:default/ledger';

/** What is asked for in a plan of the ledger, beside the component. */
export interface DeploymentChoices {
  readonly environment: string;
  readonly version?: string;
  readonly promoteFrom?: string;
  readonly storage?: { readonly size: string };
}

/** The portal as a script of one of its users uses it: to bring about what a test begins with. */
export class PortalApi {
  readonly #url: string;
  readonly #user: PortalUser;
  #token: string | undefined;

  constructor(url: string, user: PortalUser = 'guest') {
    this.#url = url;
    this.#user = user;
  }

  /** A token of the user, for what has no method here: `authorization: Bearer <token>`. Good for an hour. */
  async token(): Promise<string> {
    this.#token ??= await this.#signIn();
    return this.#token;
  }

  /** Runs the template as its form would, and waits for its end; nothing where nothing is to be done. */
  async deploy(choices: DeploymentChoices): Promise<void> {
    const { environment, version, promoteFrom, storage } = choices;
    const { outcome, planHash } = await this.#ask(
      '/api/dojo/plans/deployment',
      { component, ...choices },
    );
    if (outcome === 'nothing-to-deploy') return;
    await this.#run('deploy', {
      component,
      environment,
      ...(promoteFrom === undefined
        ? { intent: 'version', version }
        : { intent: 'promote', promoteFrom }),
      ...(storage && { overlay: true, storage }),
      review: { planHash, what: 'test', version: 'test' },
    });
  }

  /** Releases what is on the branch, and waits for it; returns the version. */
  async release(): Promise<string> {
    const result = await this.#ask('/api/dojo/plans/release', { component });
    const { planHash, version } = result;
    await this.#run('release', {
      component,
      bump: 'auto',
      review: { planHash, version },
    });
    return version;
  }

  /** Waits until the catalog has what the forms ask it for: a portal is ready before. */
  async catalogHas(...entities: readonly string[]): Promise<void> {
    for (const entity of entities) {
      const path = `/api/catalog/entities/by-name/${entity}`;
      const isThere = () => this.#ask(path).catch(() => undefined);
      while ((await isThere()) === undefined) await delay(250);
    }
  }

  async #run(template: string, values: object): Promise<void> {
    const { id } = await this.#ask('/api/scaffolder/v2/tasks', {
      templateRef: `template:default/${template}`,
      values,
    });
    let status = 'open';
    while (!/^(completed|failed|cancelled)$/.test(status)) {
      await delay(500);
      ({ status } = await this.#ask(`/api/scaffolder/v2/tasks/${id}`));
    }
    if (status !== 'completed') throw new Error(`the task ${id} ${status}`);
  }

  async #ask(path: string, body?: object) {
    const token = await this.token();
    const answer = await fetch(`${this.#url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }

  async #signIn(): Promise<string> {
    const answer = await fetch(`${this.#url}/api/auth/guest/refresh`, {
      headers: {
        'x-requested-with': 'XMLHttpRequest',
        'x-portal-user': this.#user,
      },
    });
    if (!answer.ok) throw new Error(`${this.#user}: ${await answer.text()}`);
    const { backstageIdentity } = await answer.json();
    return backstageIdentity.token;
  }
}
