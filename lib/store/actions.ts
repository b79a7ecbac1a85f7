import { readSettings } from './connections.ts';
import { appendLog, DEFAULT_RETENTION_DAYS, type LogEntry } from './log.ts';

/** Writes into the log what somebody did through the API, or the connector by itself. @param by the subject of the token */
export async function noteAction(
  connection: string,
  by: string,
  entry: Omit<LogEntry, 'level' | 'by'> & Partial<Pick<LogEntry, 'level'>>,
): Promise<void> {
  const retention = (await readSettings(connection))?.logRetentionDays ?? DEFAULT_RETENTION_DAYS;
  await appendLog(connection, [{ level: 'info', by, ...entry }], retention);
}
