import type { DeliveryAttention } from 'backstage-plugin-dojo-common';
import type { AttentionGround } from './attention-ground';
import { brokenAttention } from './broken';
import { failedMigrationAttention } from './failed-migration';
import { unpromotedAttention, unreleasedAttention } from './forgotten-work';
import {
  driftAttention,
  overlayAttention,
  pendingAttention,
  releaseAttention,
  waitingAttention,
} from './git-attention';
import { sourceAttention } from './source-attention';

/** What needs somebody, the worst first, and of equals in the order of the environments. Pure and total. */
export function attentionOf(ground: AttentionGround): DeliveryAttention[] {
  const { environments } = ground.state;
  const found = [
    ...releaseAttention(ground),
    ...environments.flatMap(environment => [
      ...brokenAttention(ground, environment),
      ...overlayAttention(ground, environment),
      ...driftAttention(ground, environment),
      ...waitingAttention(ground, environment),
      ...failedMigrationAttention(ground, environment),
      ...pendingAttention(ground, environment),
      ...unpromotedAttention(ground, environment),
    ]),
    ...sourceAttention(ground),
    ...unreleasedAttention(ground),
  ];
  return found.sort((a, b) => a.rank - b.rank);
}
