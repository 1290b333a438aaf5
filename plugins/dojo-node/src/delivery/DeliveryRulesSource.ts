import type { AuthService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { DeliveryRules, TemplateVerb } from 'dojo-portal-core/delivery';
import type { Environments } from '../config/Environments';
import { freezeAt } from '../config/freezeAt';
import type { DojoConfig } from '../config/readDojoConfig';

/** Names of the suite's templates. */
const templateNames: Readonly<Record<TemplateVerb, string>> = {
  release: 'release',
  ship: 'ship',
  deploy: 'deploy',
  migrate: 'migrate',
  restore: 'restore-backup',
  rebuildCaches: 'rebuild-caches',
  environmentOverlay: 'environment-overlay',
  reject: 'reject',
};

/** What {@link DeliveryRulesSource} works with. */
export interface DeliveryRulesSourceOptions {
  readonly config: Pick<DojoConfig, 'environments' | 'metrics'>;
  readonly environments: Pick<Environments, 'list'>;
  readonly catalog: CatalogService;
  readonly auth: AuthService;
}

/** The rules that hold at an instant: the configuration's, and the templates that the catalog has. */
export class DeliveryRulesSource {
  readonly #options: DeliveryRulesSourceOptions;
  #templates: DeliveryRules['templates'] = {};

  constructor(options: DeliveryRulesSourceOptions) {
    this.#options = options;
  }

  at(now: Date): DeliveryRules {
    const { config, environments } = this.#options;
    const { environment, hotfixWindowMs } = config.metrics;
    return {
      environments: environments.list().map((each, index) => {
        const { name, promotesFrom, mode, migrates, deploys } = each;
        const { title, freeze = [] } = config.environments[index] ?? {};
        const frozen = freezeAt(freeze, now);
        return {
          name,
          approval: each.approval ?? false,
          promotedOnly: each.promotedOnly ?? false,
          observed: each.cluster !== undefined,
          migrates,
          deploys,
          ...(title !== undefined && { title }),
          ...(promotesFrom !== undefined && { promotesFrom }),
          ...(mode !== undefined && { mode }),
          ...(frozen && { frozen }),
        };
      }),
      templates: this.#templates,
      metrics: {
        hotfixWindowMs,
        ...(environment !== undefined && { environment }),
      },
    };
  }

  /**
   * Looks in the catalog which of the suite's templates there are; a verb without one has no button.
   *
   * @returns whether there are others than before
   */
  async readTemplates(): Promise<boolean> {
    const { auth, catalog } = this.#options;
    const { items } = await catalog.getEntities(
      {
        filter: {
          kind: 'template',
          'metadata.name': Object.values(templateNames),
        },
        fields: ['kind', 'metadata.name', 'metadata.namespace', 'spec.steps'],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    const ours = items.filter(isOurs).sort(defaultNamespaceFirst);
    const before = this.#templates;
    this.#templates = Object.fromEntries(
      Object.entries(templateNames).flatMap(([verb, name]) => {
        const found = ours.find(each => each.metadata.name === name);
        return found ? [[verb, stringifyEntityRef(found)]] : [];
      }),
    );
    return JSON.stringify(before) !== JSON.stringify(this.#templates);
  }
}

/** A template of another suite may be called `release` too. */
function isOurs({ spec }: Entity): boolean {
  const steps = spec?.steps;
  return (
    Array.isArray(steps) &&
    steps.some(step =>
      String((step as { action?: unknown } | null)?.action).startsWith('dojo:'),
    )
  );
}

function defaultNamespaceFirst(one: Entity, other: Entity): number {
  const isDefault = ({ metadata: { namespace = 'default' } }: Entity) =>
    namespace === 'default';
  return Number(isDefault(other)) - Number(isDefault(one));
}
