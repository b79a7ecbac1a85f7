/** What Odoo answers has the shape that was asked for, or is an error: whoever stands in its place may say anything. */
import * as z from 'zod';
import { ConnectorError } from '../errors/index.ts';
import { checkedBy } from '../errors/zod.ts';

/** A number that is too large is as wrong as a text: no more of its list is looked at. */
const id = z.int({ abort: true });

const records = z.array(z.looseObject({ id }));
/** Records with their fields. @throws ConnectorError ODOO_FAULT */
export const recordsOf = (answer: unknown, where: string): z.output<typeof records> => read(records, answer, where);

const metadata = z.array(z.object({ id: z.int(), xmlids: z.array(z.object({ xmlid: z.string() })) }));
/** The external ids of records, by their database ids, as `get_metadata` answers. @throws ConnectorError ODOO_FAULT */
export const externalIdsOf = (answer: unknown, model: string): Map<number, readonly string[]> =>
  new Map(
    read(metadata, answer, `${model}.get_metadata`).map(({ id, xmlids }) => [id, xmlids.map(({ xmlid }) => xmlid)]),
  );

const loadAnswer = z.object({
  ids: z.union([z.literal(false), z.array(id)]),
  messages: z.array(
    z.object({
      type: z.string(),
      message: z.string(),
      // Of which record and field it is not always told.
      record: z.int().optional().catch(undefined),
      field: z.string().max(255).optional().catch(undefined),
    }),
  ),
});
export type LoadAnswer = z.output<typeof loadAnswer>;

/**
 * What `load()` of so many records answers. A message about a record that was not sent is about none.
 * @throws ConnectorError ODOO_FAULT
 */
export function loadAnswerOf(answer: unknown, model: string, size: number): LoadAnswer {
  const { ids, messages } = read(loadAnswer, answer, `${model}.load`);
  const isSent = (record: number | undefined) => record !== undefined && record >= 0 && record < size;
  return { ids, messages: messages.map((one) => (isSent(one.record) ? one : { ...one, record: undefined })) };
}

function read<T>(schema: z.ZodType<T>, answer: unknown, where: string): T {
  const checked = checkedBy(schema, answer);
  if (checked.success) return checked.data;
  const [first] = checked.problems;
  throw new ConnectorError('ODOO_FAULT', `Odoo answers ${where} with something else than was asked for.`, {
    subject: where,
    cause: `${first?.path}: ${first?.reason}`,
  });
}
