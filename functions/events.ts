import { findEntity } from '../lib/entities/index.ts';
import { ConnectorError } from '../lib/errors/index.ts';
import { MAX_PROBLEMS } from '../lib/errors/zod.ts';
import { eventsBody, MAX_BODY_BYTES } from '../lib/opencart/events.ts';
import { acceptEvents } from '../lib/queue/accept.ts';
import { limitBody, type Parsed, parseBody } from './stack/body.ts';
import { httpStack } from './stack/http.ts';
import { json, problem } from './stack/problem.ts';
import { type Signed, signedByStore } from './stack/signature.ts';
import { logger } from './stack/telemetry.ts';

/** `POST /v1/events`: takes the store's change events, each with a verdict. */
export const handler = httpStack<Signed & Parsed<{ events: unknown[] }>>()
  .use(limitBody(MAX_BODY_BYTES))
  .use(signedByStore())
  .use(parseBody(eventsBody))
  .handler(async ({ connection, parsed }) => {
    const events = await acceptEvents(connection, parsed.events, findEntity);
    logger.info('events', { connection, eventIds: events.map((event) => event.id), rejected: rejected(events) });
    if (rejected(events) < events.length) return json(202, { events });
    // Each event has its own beside it.
    const fields = events.flatMap((event) => event.errors ?? []).slice(0, MAX_PROBLEMS);
    return problem(new ConnectorError('EVENT_INVALID', 'Every event was rejected.', { fields }), { events });
  });

const rejected = (events: readonly { status: string }[]): number =>
  events.filter((event) => event.status === 'rejected').length;
