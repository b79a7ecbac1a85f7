import * as z from 'zod';
import { CURSOR_LENGTH, defineRoute } from '../route.ts';

const kind = z.enum(['transient', 'blocked', 'invalid']);
const cause = z.string().min(1).max(600);
const entity = z.string().min(1).max(64);
const recordId = z.string().min(1).max(160);
const cursor = z.string().min(1).max(CURSOR_LENGTH);
const next = z.string().nullable().meta({ description: 'The cursor of the next page; null: this was the last one.' });
const record = z.object({ entity, recordId });

const why = {
  cause: z.string().meta({ description: 'What all failures with one remedy share, e.g. TAX_UNMAPPED:tax/86.' }),
  code: z.string().meta({ description: 'The section in docs/errors.md.' }),
  kind,
  title: z.string(),
  message: z.string(),
  remedy: z.string().meta({ description: 'Who can mend it, and how.' }),
};

const causeRow = z.object({
  ...why,
  message: z.string().meta({ description: 'Of the failure that was parked last.' }),
  subject: z.string().nullable().meta({ description: 'The record it is about, if there is one, e.g. tax/86.' }),
  records: z.int().meta({ description: 'Counted now.' }),
  isMore: z.boolean().meta({ description: 'There are more than were counted (some 100,000).' }),
  byEntity: z.record(z.string(), z.int()),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  nextTrialAt: z.iso.datetime().nullable().meta({ description: 'Null: it is not tried by itself.' }),
});

export const failure = z.object({
  ...why,
  entity: z.string(),
  recordId: z.string().meta({ description: '`message:<id>` stands for a message that nobody can read.' }),
  eventId: z.string(),
  sequence: z.int(),
  attempts: z.int(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
});

export const listCauses = defineRoute({
  id: 'listFailureCauses',
  resource: 'failures',
  method: 'GET',
  path: '/v1/failures/causes',
  role: 'viewer',
  summary: 'What keeps records from Odoo: one row per cause, however many records wait for it',
  description:
    'By code and subject. 300 orders that wait for one tax are one row. A page can have fewer rows than its limit: ' +
    'causes whose last record has just arrived are left out.',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(50), cursor: cursor.optional() }),
  answers: { 200: z.object({ causes: z.array(causeRow), next }) },
});

export const listFailures = defineRoute({
  id: 'listFailures',
  resource: 'failures',
  method: 'GET',
  path: '/v1/failures',
  role: 'viewer',
  summary: 'Records that could not be synced',
  description: 'By entity and record, one per record: its newest event.',
  query: z.strictObject({
    cause: cause.optional(),
    entity: entity.optional(),
    code: z.string().min(1).max(64).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
    cursor: cursor.optional(),
  }),
  answers: { 200: z.object({ failures: z.array(failure), next }) },
});

export const getFailure = defineRoute({
  id: 'getFailure',
  resource: 'failures',
  method: 'GET',
  path: '/v1/failures/{entity}/{recordId}',
  role: 'viewer',
  summary: 'One failure, with the event that was parked',
  description:
    'Of the event only ids, codes, times, amounts and numbers are shown, and e-mail addresses masked; every other text ' +
    'is `…`, an empty one stays empty. Of what is no JSON an outline is shown: names that are known and signs, every letter as `x`, every digit as `0`.',
  params: record,
  answers: {
    200: failure.extend({
      body: z.unknown().meta({ description: 'The event as it was parked, without what it says of people.' }),
      raw: z
        .string()
        .nullable()
        .meta({ description: 'Instead of `body`, if it is no JSON: the outline of its first 2,000 characters.' }),
    }),
  },
  refusals: ['NOT_FOUND'],
});

export const replayFailures = defineRoute({
  id: 'replayFailures',
  resource: 'failures',
  method: 'POST',
  path: '/v1/failures/replay',
  role: 'manager',
  summary: 'Send parked events to Odoo again: one, those of a cause, or all',
  description:
    'Nothing has to be replayed by hand once its cause is gone; this is for the impatient, and for what is never tried ' +
    'by itself. A call sends at most 500; ask again with `cursor` as long as `next` is no null. A failure stays in the ' +
    'list until its event is in Odoo.',
  body: z.union([
    z.strictObject({ cause, cursor: cursor.optional() }),
    record.strict(),
    z.strictObject({ all: z.literal(true), cursor: cursor.optional() }),
  ]),
  answers: {
    202: z.object({
      sent: z.int(),
      unreadable: z.int().meta({ description: 'Failures that hold nothing to send; they can be dismissed.' }),
      next,
    }),
  },
  refusals: ['NOT_FOUND', 'VALUE_REFUSED', 'QUEUE_UNAVAILABLE'],
});

export const dismissFailure = defineRoute({
  id: 'dismissFailure',
  resource: 'failures',
  method: 'DELETE',
  path: '/v1/failures/{entity}/{recordId}',
  role: 'manager',
  summary: 'Dismiss a failure: its event is given up',
  description: 'The next event of the record is synced as usual.',
  params: record,
  answers: { 204: null },
  refusals: ['NOT_FOUND', 'CONFLICT'],
});

export const dismissCause = defineRoute({
  id: 'dismissFailures',
  resource: 'failures',
  method: 'POST',
  path: '/v1/failures/dismiss',
  role: 'manager',
  summary: 'Dismiss all failures of a cause',
  description: 'A call dismisses at most 1,000; ask again as long as `more` is true.',
  body: z.strictObject({ cause }),
  answers: { 200: z.object({ dismissed: z.int(), more: z.boolean() }) },
  refusals: ['NOT_FOUND'],
});

export const failureRoutes = [listCauses, listFailures, getFailure, replayFailures, dismissFailure, dismissCause];
