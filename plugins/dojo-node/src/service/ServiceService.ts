import { setTimeout } from 'node:timers/promises';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  dojoAnnotations,
  DojoError,
  firstUnsettled,
  parseInput,
  ServiceRequest,
  serviceRequestSchema,
  ServiceResult,
} from 'backstage-plugin-dojo-common';
import { dojoServiceCreatePermission } from 'backstage-plugin-dojo-common/permissions';
import {
  agreeOnPlan,
  firstMessage,
  PublishPorts,
  publishService,
  serviceMark,
  servicePlaces,
  serviceValues,
} from 'dojo-portal-core/service';
import type { Access, AuditedCall } from '../access/Access';
import type {
  DojoPlanOptions,
  DojoRunOptions,
} from '../access/DojoCallOptions';
import { toComponentRef } from '../component/toComponentRef';
import type { DojoConfig } from '../config/readDojoConfig';
import { dojoForgeTopic } from './forgeTopic';
import { newServiceErrors } from './newServiceErrors';
import { planNewService } from './planNewService';
import type { PlanNewServiceOptions } from './planNewService';
import { isSameRepository } from './isSameRepository';
import type {
  AwaitEntryRequest,
  CheckedService,
  CheckServiceRequest,
  PlanServiceRequest,
  PublishedService,
  PublishServiceRequest,
  Services,
} from './Services';

/** What {@link ServiceService} works with. */
export interface ServiceServiceOptions extends PlanNewServiceOptions {
  readonly access: Access;
  readonly events: EventsService;
  readonly author: DojoConfig['author'];
  /** What the local forge is written with; absent: there is none. */
  readonly publishPorts?: PublishPorts;
  /** Milliseconds that the catalog may take; default: a minute. */
  readonly patience?: number;
}

const defaultPatience = 60_000;
/** Milliseconds between two questions to the catalog. */
const pause = 400;
/** Questions after which the catalog is told again to look. */
const questionsPerHint = 10;

/** New services: who may, audit, and what stands against one. */
export class ServiceService implements Services {
  readonly #options: ServiceServiceOptions;

  constructor(options: ServiceServiceOptions) {
    this.#options = options;
  }

  async plan(
    { fields }: PlanServiceRequest,
    options: DojoPlanOptions,
  ): Promise<ServiceResult> {
    return this.#audited('service-plan', 'low', fields.name, options, () =>
      this.#plan(this.#parse(fields), options),
    );
  }

  async check(
    { fields, planHashes }: CheckServiceRequest,
    options: DojoPlanOptions,
  ): Promise<CheckedService> {
    return this.#audited(
      'service-check',
      'low',
      fields.name,
      options,
      async () => {
        const request = this.#parse(fields);
        const result = await this.#plan(request, options);
        const [problem] = result.problems;
        if (problem !== undefined) throw new DojoError(problem);
        this.#agree(result, planHashes);
        const places = servicePlaces(request);
        const values = serviceValues(request, places, this.#options.cli);
        return {
          ...result,
          values,
          message: firstMessage(request.name, serviceMark(values)),
          ...repoUrlOf(request),
        };
      },
    );
  }

  async publish(
    request: PublishServiceRequest,
    options: DojoRunOptions,
  ): Promise<PublishedService> {
    const { repository, image, folder } = request;
    const { signal, onOutcome, log } = options;
    const { publishPorts, author, events } = this.#options;
    return this.#audited('service', 'medium', repository, options, async () => {
      await this.#authorize(options);
      if (publishPorts === undefined) throw newServiceErrors.forgeMissing();
      const name = repository.replace(/^file:|\.git$/g, '');
      const result = await publishService(
        {
          repository,
          folder,
          message: request.message ?? `feat: begin ${name}\n`,
          author,
          ...(image !== undefined && { image }),
        },
        publishPorts,
        { signal, ...(onOutcome && { onOutcome }) },
      );
      const open = firstUnsettled(result.effects);
      if (open?.kind === 'failed') throw new DojoError(open.error);
      await events.publish({
        topic: dojoForgeTopic,
        eventPayload: { repository },
      });
      const { commit, published } = result;
      log?.(`${repository} begins with commit ${commit.slice(0, 7)}`);
      return { repository, commit, published };
    });
  }

  async awaitEntry(
    { component, repository }: AwaitEntryRequest,
    options: DojoPlanOptions,
  ): Promise<void> {
    const { credentials, signal } = options;
    const { catalog, events, patience = defaultPatience } = this.#options;
    await this.#audited(
      'service-entry',
      'low',
      component,
      options,
      async () => {
        await this.#authorize(options);
        const ref = toComponentRef(component);
        for (let question = 0; question * pause <= patience; question += 1) {
          const entity = await catalog.getEntityByRef(ref, { credentials });
          if (entity) {
            const held =
              entity.metadata.annotations?.[dojoAnnotations.repository];
            if (isSameRepository(held, repository)) return;
            const name = ref.slice(ref.indexOf('/') + 1);
            throw newServiceErrors.nameTaken(name);
          }
          if (question % questionsPerHint === 0) {
            const eventPayload = { repository };
            await events.publish({ topic: dojoForgeTopic, eventPayload });
          }
          await setTimeout(pause, undefined, { signal });
        }
        throw newServiceErrors.entryWaiting(ref, Math.round(patience / 1_000));
      },
    );
  }

  #parse(fields: PlanServiceRequest['fields']): ServiceRequest {
    return parseInput(serviceRequestSchema, fields, 'new service');
  }

  async #plan(
    request: ServiceRequest,
    options: DojoPlanOptions,
  ): Promise<ServiceResult> {
    await this.#authorize(options);
    return planNewService(request, this.#options, options);
  }

  /** What was made already is held to no review: it is there, and is what the form asked for. */
  #agree(
    { plan, state }: ServiceResult,
    reviewed: CheckServiceRequest['planHashes'],
  ): void {
    if (reviewed === undefined) return;
    const agree = (part: keyof typeof reviewed, sources: string) =>
      agreeOnPlan({
        reviewed: reviewed[part],
        now: plan[part].planHash,
        carriedOut: undefined,
        sources,
      });
    if (state !== 'published') agree('repository', 'The form or the template');
    agree('overlays', 'The form or the environments');
    agree('release', 'The environments');
  }

  async #authorize({ credentials }: DojoPlanOptions): Promise<void> {
    await this.#options.access.requireBasic(
      dojoServiceCreatePermission,
      credentials,
    );
  }

  #audited<TResult>(
    eventId: string,
    severityLevel: AuditedCall['severityLevel'],
    service: string,
    { credentials }: DojoPlanOptions,
    run: () => Promise<TResult>,
  ): Promise<TResult> {
    return this.#options.access.audited(
      { eventId, severityLevel, meta: { service }, credentials },
      run,
      () => ({ meta: {} }),
    );
  }
}

function repoUrlOf({
  name,
  forge,
  forgeHost,
  forgeOwner = '',
}: ServiceRequest): Pick<CheckedService, 'repoUrl'> {
  if (forge === 'local') return {};
  const host = forgeHost ?? `${forge}.com`;
  const query = new URLSearchParams({ owner: forgeOwner, repo: name });
  return { repoUrl: `${host}?${query}` };
}
