/** Failures as the API shows them. */
import { catalog } from '../errors/index.ts';
import { storeEvent } from '../opencart/events.ts';
import { maskEmails, outlineOf, shapeOf } from '../personal.ts';
import { type Cause, isTried, pageOfCauses, plainCause } from '../store/causes.ts';
import { tallyOf } from '../store/failure-list.ts';
import type { Failure } from '../store/failures.ts';
import { getPayload } from '../store/payloads.ts';
import { queueMessage, queueReference } from './message.ts';

/** What nobody can read is of no use to a person as a whole. */
const OUTLINE_LENGTH = 2_000;
const KNOWN_NAMES = [queueMessage, queueReference, storeEvent].flatMap(({ shape }) => Object.keys(shape));

const whyOf = ({ code, message }: Pick<Failure, 'code' | 'message'>, cause: string) => {
  const { kind, title, remedy } = catalog[code];
  return { cause, code, kind, title, message: maskEmails(message), remedy };
};

/** One failure, without the event that was parked. */
export function failureRow(failure: Failure) {
  const { connection, causeKey, entity, recordId, eventId, sequence, attempts, firstAt, parkedAt } = failure;
  const why = whyOf(failure, plainCause(connection, causeKey));
  return { ...why, entity, recordId, eventId, sequence, attempts, firstAt, lastAt: parkedAt };
}

/** A page of causes with how much waits for each; one that nothing waits for any more is left out. */
export async function causeRows(connection: string, limit: number, after?: string) {
  const { causes, next } = await pageOfCauses(connection, limit, after);
  const rows = await Promise.all(causes.map((cause) => causeRow(connection, cause)));
  return { causes: rows.filter((row) => row !== undefined), next: next ?? null };
}

async function causeRow(connection: string, cause: Cause) {
  const { records, isMore, byEntity, firstAt, lastAt } = await tallyOf(cause.cause);
  if (records === 0) return undefined;
  return {
    ...whyOf(cause, plainCause(connection, cause.cause)),
    subject: cause.subject ?? null,
    records,
    isMore,
    byEntity,
    firstAt,
    lastAt,
    nextTrialAt: isTried(cause) ? cause.nextTrialAt : null,
  };
}

/** The parked event without what it says of people; its outline if it is no JSON. */
export async function bodyOf({ payload }: Failure): Promise<{ body: unknown; raw: string | null }> {
  const text = await getPayload(payload);
  if (text === undefined) return { body: null, raw: null };
  try {
    const parsed: unknown = JSON.parse(text);
    if (parsed !== null && typeof parsed === 'object') return { body: shapeOf(parsed), raw: null };
  } catch {
    // Not ours, or cut off: what of it is about people cannot be told.
  }
  const outline = outlineOf(text.slice(0, OUTLINE_LENGTH), KNOWN_NAMES);
  return { body: null, raw: text.length > OUTLINE_LENGTH ? `${outline}… (${text.length} characters)` : outline };
}
