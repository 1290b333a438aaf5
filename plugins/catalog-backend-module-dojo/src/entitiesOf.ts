import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
  entityEnvelopeSchemaValidator,
} from '@backstage/catalog-model';
import { parseEntityYaml } from '@backstage/plugin-catalog-node';
import { dojoAnnotations } from 'backstage-plugin-dojo-common';

/** What a repository may say of itself. Who is who, and what may be run, is not a matter of its own file. */
const kinds: readonly string[] = ['Component', 'API', 'Resource'];
/** Entities of one file. */
const maxEntities = 100;

/** The entities of a file, and one sentence for each document that is none of them. */
export interface EntitiesOfFile {
  readonly entities: readonly Entity[];
  readonly problems: readonly string[];
}

/** Where a repository of the local forge is, as the catalog writes it: `dojo-forge:savings.git`. */
export function locationOf(repository: string): string {
  return `dojo-forge:${repository}`;
}

/**
 * Reads the entities of a repository's file. Where they came from is said here, whatever the file says of it.
 *
 * @param text - YAML that is known to be small when it is read.
 */
export function entitiesOf(repository: string, text: string): EntitiesOfFile {
  const entities: Entity[] = [];
  const problems: string[] = [];
  const validate = entityEnvelopeSchemaValidator();
  const results = parseEntityYaml(text, {
    type: 'dojo-forge',
    target: repository,
  });
  for (const result of results) {
    if (result.type === 'error') {
      problems.push(firstLine(result.error.message));
      continue;
    }
    if (result.type !== 'entity') continue;
    if (entities.length === maxEntities) {
      problems.push(`only the first ${maxEntities} entities are taken`);
      break;
    }
    const problem = problemOf(result.entity, validate);
    if (problem === undefined) entities.push(placed(result.entity, repository));
    else problems.push(problem);
  }
  return { entities, problems };
}

function problemOf(
  entity: Entity,
  validate: (entity: unknown) => Entity,
): string | undefined {
  try {
    validate(entity);
  } catch (error) {
    return firstLine(error instanceof Error ? error.message : String(error));
  }
  return kinds.includes(entity.kind)
    ? undefined
    : `a ${entity.kind} is not taken from a repository, only ${kinds.join(
        ', ',
      )}`;
}

/** With where it came from; whose file names no repository is released from that one. */
function placed(entity: Entity, repository: string): Entity {
  const location = locationOf(repository);
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        [dojoAnnotations.repository]: `file:${repository}`,
        ...entity.metadata.annotations,
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
      },
    },
  };
}

/** Of a document of somebody else's: not more of it than a log line has room for. */
function firstLine(message: string): string {
  return message.split('\n')[0].slice(0, 300);
}
