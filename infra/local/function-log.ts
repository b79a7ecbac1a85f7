import * as z from 'zod';

const common = { connection: z.string(), entity: z.string(), recordId: z.string() };

/** The lines of the handlers that tell what became of an event, and of each call to Odoo. */
const logLine = z.discriminatedUnion('message', [
  z.object({
    message: z.literal('odoo call'),
    ...{ connection: z.string(), model: z.string(), method: z.string(), milliseconds: z.number() },
  }),
  z.object({
    message: z.literal('synced'),
    ...common,
    result: z.string(),
    odooId: z.number().optional(),
    model: z.string().optional(),
  }),
  z.object({ message: z.literal('parked'), ...common, code: z.string() }),
  z.object({ message: z.literal('retrying'), ...common, code: z.string() }),
]);
export type LogLine = z.output<typeof logLine>;

/** A function's line, or undefined if it tells of something else. */
export function readLogLine(line: string): LogLine | undefined {
  const parsed = logLine.safeParse(parseJson(line));
  return parsed.success ? parsed.data : undefined;
}

/** What went wrong in a function that nobody had foreseen. */
export function readErrorLine(line: string): string | undefined {
  const parsed = z
    .object({ level: z.literal('ERROR'), message: z.string() })
    .loose()
    .safeParse(parseJson(line));
  if (!parsed.success) return undefined;
  const { message, cause } = parsed.data;
  return typeof cause === 'string' ? `${message}: ${cause}` : message;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Not everything a function prints is a log line.
    return undefined;
  }
}
