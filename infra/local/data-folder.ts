import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ClassicLevel } from 'classic-level';

/** Where `npm start` keeps everything between two runs. */
export const dataFolder = resolve(process.env.LOCAL_DATA || fileURLToPath(new URL('../../.local', import.meta.url)));

export const storeFolder = (folder: string): string => join(folder, 'store');
export const stackFolder = (folder: string): string => join(folder, 'stack');
export const sandboxFolder = (folder: string): string => join(folder, 'sandbox');

/** Whether a stack runs on the folder: it holds the lock of the store's database from its start to its end. */
export async function isInUse(folder: string): Promise<boolean> {
  const location = storeFolder(folder);
  if ((await stat(location).catch(() => undefined)) === undefined) return false;
  const database = new ClassicLevel(location);
  try {
    await database.open();
    await database.close();
    return false;
  } catch (error) {
    if (isLocked(error)) return true;
    throw error;
  }
}

/** Whether somebody else has a LevelDB open. */
export function isLocked(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ((cause as NodeJS.ErrnoException).code === 'LEVEL_LOCKED') return true;
  }
  return false;
}
