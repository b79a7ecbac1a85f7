import * as z from 'zod';
import { defineRoute } from '../route.ts';

const instant = z.iso.datetime();
const minute = z.object({ from: instant, calls: z.int() });

export const readHealth = defineRoute({
  id: 'readHealth',
  resource: 'health',
  method: 'GET',
  path: '/v1/health',
  role: 'viewer',
  summary: 'How it goes: a sentence, and what it is made of',
  description:
    'Costs no call to Odoo: what is told of it was noted at the last ones. `down`: nothing arrives. `degraded`: some ' +
    'records do not. How old the oldest message of a queue is SQS does not tell; CloudWatch does ' +
    '(`ApproximateAgeOfOldestMessage`, which has an alarm), and `waitedSeconds` says it of the last one that arrived.',
  answers: {
    200: z.object({
      status: z.enum(['ok', 'degraded', 'down']),
      message: z.string(),
      checkedAt: instant,
      queues: z
        .array(
          z.object({
            name: z.string().meta({ description: 'The entity, or `bulk`: pages of runs.' }),
            waiting: z.int(),
            inFlight: z.int().meta({ description: 'Handed out to a consumer, or put off by it until later.' }),
            delayed: z.int(),
            deadLetters: z.int().meta({ description: 'Given up and not parked yet; parked ones are failures.' }),
          }),
        )
        .meta({ description: 'As SQS counts: approximately, and for all connections of this deployment together.' }),
      failures: z.object({
        records: z.int(),
        isMore: z.boolean().meta({ description: 'There are more than were counted.' }),
        causes: z.array(
          z.object({
            cause: z.string(),
            code: z.string(),
            kind: z.enum(['transient', 'blocked', 'invalid']),
            title: z.string(),
            message: z.string(),
            remedy: z.string(),
            records: z.int(),
          }),
        ),
      }),
      entities: z.array(
        z.object({
          entity: z.string(),
          lastChangeAt: instant.nullable().meta({
            description: 'When a record last changed in Odoo; null: not within the newest rows of the log.',
          }),
          waitedSeconds: z.int().nullable().meta({ description: 'How long that event had waited since it came.' }),
          lastRun: z
            .object({ id: z.string(), mode: z.string(), state: z.string(), at: instant })
            .nullable()
            .meta({ description: 'The newest run, and when it last did something.' }),
        }),
      ),
      pace: z
        .object({
          minIntervalMs: z.int(),
          allowedPerMinute: z.int().nullable().meta({ description: 'Null: as fast as Odoo answers.' }),
          thisMinute: minute,
          lastMinute: minute,
        })
        .nullable()
        .meta({ description: 'Calls to Odoo; what goes on now is some seconds behind.' }),
      odoo: z.object({
        version: z.string().nullable(),
        transport: z.string().nullable(),
        answeredAt: instant.nullable(),
        failedAt: instant.nullable().meta({ description: 'When it last gave no answer.' }),
        failedCode: z.string().nullable(),
      }),
      hasSettings: z.boolean(),
      keyExpiresAt: instant
        .nullable()
        .meta({ description: 'Null: a password, which does not expire, or nobody knows.' }),
      keyExpiryIs: z
        .enum(['told', 'assumed'])
        .nullable()
        .meta({ description: '`assumed`: three months from when it was set, the most that Odoo Online gives a key.' }),
    }),
  },
});

export const healthRoutes = [readHealth];
