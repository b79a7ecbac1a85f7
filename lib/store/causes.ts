import { DeleteCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { firstTrialMs, tableName } from '../environment.ts';
import { type ConnectorError, catalog, causeKeyOf, type ErrorCode } from '../errors/index.ts';
import { allItems, documents, ifConditionHolds, readItems } from './documents.ts';

/** What failures have in common: 300 orders that wait for one tax have one cause. */
export interface Cause {
  connection: string;
  /** `<connection>#<code>` or `<connection>#<code>:<subject>`. */
  cause: string;
  code: ErrorCode;
  /** As of the failure that was parked last. */
  message: string;
  /** What it is about, e.g. `tax/86`. */
  subject?: string;
  trials: number;
  /** ISO 8601. Of a cause whose failures are never tried: when it is looked whether it has any left. */
  nextTrialAt: string;
  /** How often a failure was parked for it. */
  parked: number;
}

/** The key of a cause among all connections'. */
export const fullCause = (connection: string, cause: string): string => `${connection}#${cause}`;
/** The cause as the API names it: without its connection. */
export const plainCause = (connection: string, full: string): string => full.slice(connection.length + 1);

const groupItem = (full: string) => `cause#${full}`;
const HOUR_MS = 3_600_000;
/** A trial that costs much: a function dies of it, and its connection waits until that is noticed. */
const COSTLY: ReadonlySet<ErrorCode> = new Set(['FUNCTION_DIED']);
const COSTLY_TIMES = 60;
const COSTLY_LAST_TRIAL_MS = 12 * HOUR_MS;

/** What can never work is not tried again; a person may still ask for it. */
export const isTried = ({ code }: Pick<Cause, 'code'>): boolean => catalog[code].kind !== 'invalid';

/** Longer each time: from a minute to an hour; what is costly from an hour to half a day. */
function trialWaitMs({ code }: Pick<Cause, 'code'>, trials: number): number {
  if (!isTried({ code })) return HOUR_MS;
  const [first, last] = COSTLY.has(code)
    ? [COSTLY_TIMES * firstTrialMs(), COSTLY_LAST_TRIAL_MS]
    : [firstTrialMs(), HOUR_MS];
  return Math.min(last, first * 2 ** trials);
}

/** Groups failures by cause and says when one of them shall be tried. */
export async function noteCause(connection: string, full: string, error: ConnectorError): Promise<void> {
  await documents.send(
    new UpdateCommand({
      TableName: tableName('failures'),
      Key: { connection, item: groupItem(full) },
      UpdateExpression:
        'SET code = :code, #message = :message, cause = :cause, due = :due, trials = if_not_exists(trials, :zero), ' +
        `nextTrialAt = if_not_exists(nextTrialAt, :next)${error.subject === undefined ? '' : ', subject = :subject'} ` +
        'ADD parked :one',
      ExpressionAttributeNames: { '#message': 'message' },
      ExpressionAttributeValues: {
        ':code': error.code,
        ':message': error.message,
        ':cause': full,
        ':due': 'due',
        ':zero': 0,
        ':one': 1,
        ':next': new Date(Date.now() + trialWaitMs(error, 0)).toISOString(),
        ...(error.subject === undefined ? {} : { ':subject': error.subject }),
      },
    }),
  );
}

/** Causes whose time for a trial has come. */
export async function dueCauses(limit: number): Promise<Cause[]> {
  const page = await documents.send(
    new QueryCommand({
      TableName: tableName('failures'),
      IndexName: 'due',
      KeyConditionExpression: 'due = :due AND nextTrialAt <= :now',
      ExpressionAttributeValues: { ':due': 'due', ':now': new Date().toISOString() },
      Limit: limit,
    }),
  );
  return (page.Items ?? []) as unknown as Cause[];
}

/** Puts off the next trial of a cause, each time longer. @returns false if somebody else did */
export async function putOffTrial(cause: Cause): Promise<boolean> {
  const answer = await ifConditionHolds(
    documents.send(
      new UpdateCommand({
        TableName: tableName('failures'),
        Key: { connection: cause.connection, item: groupItem(cause.cause) },
        UpdateExpression: 'SET nextTrialAt = :next, trials = :trials',
        ConditionExpression: 'nextTrialAt = :was',
        ExpressionAttributeValues: {
          ':next': new Date(Date.now() + trialWaitMs(cause, cause.trials)).toISOString(),
          ':trials': cause.trials + 1,
          ':was': cause.nextTrialAt,
        },
      }),
    ),
  );
  return answer !== undefined;
}

/** Lets the next trial of a cause come soon: what is left of it may follow, or it is forgotten. */
export async function hastenTrial(connection: string, full: string): Promise<void> {
  await ifConditionHolds(
    documents.send(
      new UpdateCommand({
        TableName: tableName('failures'),
        Key: { connection, item: groupItem(full) },
        UpdateExpression: 'SET nextTrialAt = :next, trials = :zero',
        ConditionExpression: 'attribute_exists(cause)',
        ExpressionAttributeValues: { ':next': new Date(Date.now() + firstTrialMs()).toISOString(), ':zero': 0 },
      }),
    ),
  );
}

/** Forgets a cause that no failure has any more, unless one was parked since it was read. */
export async function forgetCause({ connection, cause, parked }: Cause): Promise<void> {
  await ifConditionHolds(
    documents.send(
      new DeleteCommand({
        TableName: tableName('failures'),
        Key: { connection, item: groupItem(cause) },
        ConditionExpression: 'parked = :parked',
        ExpressionAttributeValues: { ':parked': parked },
      }),
    ),
  );
}

/** One cause by its key among all connections'. */
export async function readCause(connection: string, full: string): Promise<Cause | undefined> {
  const [item] = await readItems(tableName('failures'), [{ connection, item: groupItem(full) }]);
  return item as Cause | undefined;
}

/**
 * Whatever can be the matter with one subject: `tax/86`, and what is derived from that record, as `tax/86:P20`,
 * the rate as it was when something was sold. A read per code, however many causes there are.
 */
export async function causesOfSubject(connection: string, subject: string): Promise<Cause[]> {
  const found = await Promise.all(
    (Object.keys(catalog) as ErrorCode[])
      .filter((code) => isTried({ code }))
      .map((code) => causesFrom(connection, causeKeyOf(code, subject))),
  );
  return found.flat().filter((cause) => cause.subject === subject || cause.subject?.startsWith(`${subject}:`));
}

async function causesFrom(connection: string, prefix: string): Promise<Cause[]> {
  const found = await allItems({
    TableName: tableName('failures'),
    KeyConditionExpression: '#connection = :connection AND begins_with(#item, :prefix)',
    ExpressionAttributeNames: { '#connection': 'connection', '#item': 'item' },
    ExpressionAttributeValues: { ':connection': connection, ':prefix': groupItem(fullCause(connection, prefix)) },
  });
  return found as unknown as Cause[];
}

/** A page of a connection's causes, by code and subject. `after`: the last one of the page before, as the API names it. */
export async function pageOfCauses(
  connection: string,
  limit: number,
  after?: string,
): Promise<{ causes: Cause[]; next?: string }> {
  const page = await documents.send(
    new QueryCommand({
      TableName: tableName('failures'),
      KeyConditionExpression: '#connection = :connection AND begins_with(#item, :causes)',
      ExpressionAttributeNames: { '#connection': 'connection', '#item': 'item' },
      ExpressionAttributeValues: { ':connection': connection, ':causes': groupItem(`${connection}#`) },
      Limit: limit,
      ...(after === undefined
        ? {}
        : { ExclusiveStartKey: { connection, item: groupItem(fullCause(connection, after)) } }),
    }),
  );
  const causes = (page.Items ?? []) as unknown as Cause[];
  const last = causes.at(-1);
  if (page.LastEvaluatedKey === undefined || last === undefined) return { causes };
  return { causes, next: plainCause(connection, last.cause) };
}

const CAUSES_READ_TOGETHER = 200;

/** All causes of a connection. */
export async function* causesOf(connection: string): AsyncGenerator<Cause> {
  let after: string | undefined;
  do {
    const page = await pageOfCauses(connection, CAUSES_READ_TOGETHER, after);
    yield* page.causes;
    after = page.next;
  } while (after !== undefined);
}

/** The codes that a connection has causes of: a read per code, however many causes there are. */
export async function* codesOfCauses(connection: string): AsyncGenerator<ErrorCode> {
  let from = groupItem(fullCause(connection, ''));
  const last = `${from}~`;
  for (;;) {
    const page = await documents.send(
      new QueryCommand({
        TableName: tableName('failures'),
        KeyConditionExpression: '#connection = :connection AND #item BETWEEN :from AND :last',
        ExpressionAttributeNames: { '#connection': 'connection', '#item': 'item' },
        ExpressionAttributeValues: { ':connection': connection, ':from': from, ':last': last },
        Limit: 1,
      }),
    );
    const [cause] = (page.Items ?? []) as unknown as Cause[];
    if (cause === undefined) return;
    yield cause.code;
    // `;` comes right after `:`, with which the subject begins.
    from = groupItem(fullCause(connection, `${cause.code};`));
  }
}
