import { DEFAULT_RETENTION_DAYS } from '../store/log.ts';
import { settingsOf } from './odoo.ts';

/** How long a connection keeps its log. */
export async function retentionDays(connection: string): Promise<number> {
  try {
    return (await settingsOf(connection)).logRetentionDays;
  } catch {
    // Without settings the events were parked for that very reason; the log must say so all the same.
    return DEFAULT_RETENTION_DAYS;
  }
}
