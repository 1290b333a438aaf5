import { z } from 'zod/v3';
import { deploymentModeSchema } from '../deployment/deployment-request';
import { deliveryActionSchema, deliverySchema } from '../delivery/delivery';
import { deliveryHistorySchema } from '../delivery/delivery-history';
import { deliveryMeasuresSchema } from '../delivery/delivery-measures';

/** Output of the action `list-environments`. */
export const agentEnvironmentsSchema = z.object({
  environments: z.array(
    z.object({
      name: z.string(),
      promotesFrom: z.string().optional(),
      mode: deploymentModeSchema.optional(),
      /** Whether somebody else than who asks for it lands a change. */
      approval: z.boolean(),
      frozen: z
        .object({ until: z.string().optional(), sentence: z.string() })
        .optional(),
      /** Whether a cluster of it is asked. */
      observed: z.boolean(),
    }),
  ),
});
export type AgentEnvironments = z.infer<typeof agentEnvironmentsSchema>;

/** Input of the action `get-delivery`. */
export const getDeliveryInputSchema = z
  .object({
    component: z
      .string()
      .min(1)
      .max(200)
      .describe(
        'Entity ref of the component, such as component:default/ledger',
      ),
    history: z
      .number()
      .int()
      .min(0)
      .max(20)
      .optional()
      .describe('How many entries of its history; default: 0'),
    measures: z
      .union([z.literal(30), z.literal(90)])
      .optional()
      .describe('Its measures over so many days; default: none'),
  })
  .strict();

const [notSetUp, delivery] = deliverySchema.options;

/** Output of the action `get-delivery`: the Delivery tab without what only a page needs. */
export const agentDeliverySchema = z.object({
  delivery: z.union([
    notSetUp.omit({ yaml: true }),
    delivery.extend({
      actions: z.array(deliveryActionSchema.omit({ to: true })),
    }),
  ]),
  history: deliveryHistorySchema.shape.entries.optional(),
  measures: deliveryMeasuresSchema.optional(),
});
export type AgentDelivery = z.infer<typeof agentDeliverySchema>;
