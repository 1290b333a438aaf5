import { setTimeout as delay } from 'node:timers/promises';
import type { PortalUser } from './signInAs';

const ledger = 'component:default/ledger';

/** What is asked for in a plan. */
export interface DeploymentChoices {
  /** Entity ref; default: of the ledger. */
  readonly component?: string;
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
    const id = await this.startDeployment(choices);
    if (id !== undefined) await this.#end(id);
  }

  /** The same, without waiting: what it begins may never come up. @returns the task's id. */
  async startDeployment(
    choices: DeploymentChoices,
  ): Promise<string | undefined> {
    const { environment, version, promoteFrom, storage } = choices;
    const { component = ledger } = choices;
    const { outcome, planHash } = await this.#ask(
      '/api/dojo/plans/deployment',
      { ...choices, component },
    );
    if (outcome === 'nothing-to-deploy') return undefined;
    return this.#start('deploy', {
      component,
      environment,
      ...(promoteFrom === undefined
        ? { intent: 'version', version }
        : { intent: 'promote', promoteFrom }),
      ...(storage && { overlay: true, storage }),
      review: { planHash, what: 'test', version: 'test' },
    });
  }

  /** Gives an environment its overlay without a version, and waits for the task. @returns the plan's hash. */
  async prepare(choices: {
    readonly component: string;
    readonly environment: string;
    readonly storage: { readonly size: string };
  }): Promise<string> {
    const { planHash } = await this.#ask('/api/dojo/plans/deployment', {
      ...choices,
      prepare: true,
    });
    await this.#run('environment-overlay', {
      ...choices,
      intent: 'prepare',
      review: { planHash, what: 'test' },
    });
    return planHash;
  }

  /** Merges a change that waits in the local forge. */
  async merge(change: {
    readonly component: string;
    readonly environment: string;
    readonly planHash: string;
  }): Promise<void> {
    await this.#ask('/api/dojo/merges/deployment', change);
  }

  /** Releases what is on the branch, and waits for it; returns the version. */
  async release(component = ledger): Promise<string> {
    const result = await this.#ask('/api/dojo/plans/release', { component });
    const { planHash, version } = result;
    await this.#run('release', {
      component,
      bump: 'auto',
      review: { planHash, version },
    });
    return version;
  }

  /** Brings the database to a release, as the form would, and waits for it; nothing where nothing is to be done. */
  async migrate(choices: {
    readonly component?: string;
    readonly environment: string;
    readonly version: string;
  }): Promise<void> {
    const { component = ledger, environment, version } = choices;
    const asked = { component, environment, version };
    const { planHash, plan } = await this.#ask(
      '/api/dojo/plans/migration',
      asked,
    );
    if (plan.kind === 'already-migrated') return;
    await this.#run('migrate', { ...asked, review: { planHash, version } });
  }

  /** The log of a task, by the address of its page; a line each. */
  async log(taskPage: string): Promise<string> {
    const id = taskPage.split('/').pop();
    const events: { body: { message: string } }[] = await this.#ask(
      `/api/scaffolder/v2/tasks/${id}/events`,
    );
    return events
      .map(({ body }) => body.message.replace(/^\S+T\S+Z /, ''))
      .join('\n');
  }

  /** Opens the Delivery tab of a component without its page: what is not listed yet, since it is new, is from then on. */
  async openDelivery(component: string): Promise<void> {
    const [kind, namespace, name] = component.split(/[:/]/);
    await this.#ask(
      `/api/dojo/components/${namespace}/${kind}/${name}/delivery`,
    );
  }

  /** Waits until the catalog has what the forms ask it for: a portal is ready before. */
  async catalogHas(...entities: readonly string[]): Promise<void> {
    for (const entity of entities) {
      while (!(await this.#catalogHas(entity))) await delay(250);
    }
  }

  /** The same of what a test has just put into the forge: the catalog looks at once, and not within its minute. */
  async forgeHas(component: string): Promise<void> {
    const look =
      '/api/catalog/.backstage/scheduler/v1/tasks/dojo-local-forge/trigger';
    while (!(await this.#catalogHas(`component/default/${component}`))) {
      // Refused where it looks at this moment.
      await this.#ask(look, {}).catch(() => undefined);
      await delay(500);
    }
  }

  async #catalogHas(entity: string): Promise<boolean> {
    const path = `/api/catalog/entities/by-name/${entity}`;
    return this.#ask(path).then(
      () => true,
      () => false,
    );
  }

  async #run(template: string, values: object): Promise<void> {
    await this.#end(await this.#start(template, values));
  }

  async #start(template: string, values: object): Promise<string> {
    const { id } = await this.#ask('/api/scaffolder/v2/tasks', {
      templateRef: `template:default/${template}`,
      values,
    });
    return id;
  }

  async #end(id: string): Promise<void> {
    let status = 'open';
    while (!/^(completed|failed|cancelled)$/.test(status)) {
      await delay(500);
      ({ status } = await this.#ask(`/api/scaffolder/v2/tasks/${id}`));
    }
    if (status !== 'completed') throw new Error(`the task ${id} ${status}`);
  }

  async #ask(path: string, body?: object) {
    const token = await this.token();
    const send = () =>
      fetch(`${this.#url}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
        body: body && JSON.stringify(body),
      });
    const changesNothing = body === undefined || path.includes('/plans/');
    // The server may have closed a connection that lay idle while a test waited for a program.
    const answer = await send().catch(error => {
      if (changesNothing && error instanceof TypeError) return send();
      throw error;
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
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
