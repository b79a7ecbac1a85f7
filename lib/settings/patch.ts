/** A change of settings: what is named, by the rules of a JSON merge patch (RFC 7396). */
import * as z from 'zod';
import { type ConnectionSettings, connectionSettings } from '../store/connections.ts';

/** Without a default, which would set what nobody named; null takes a setting back to its default. */
function changeable(field: z.ZodType): z.ZodType {
  if (field instanceof z.ZodDefault) return changeable(field.removeDefault() as z.ZodType);
  if (field instanceof z.ZodOptional) return changeable(field.unwrap() as z.ZodType);
  if (field instanceof z.ZodRecord) {
    return z
      .record(field.keyType as z.ZodString, changeable(field.valueType as z.ZodType))
      .nullable()
      .optional();
  }
  if (field instanceof z.ZodObject) return z.strictObject(changeableShape(field)).nullable().optional();
  return field.nullable().optional();
}

const changeableShape = ({ shape }: z.ZodObject): Record<string, z.ZodType> =>
  Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, changeable(field as z.ZodType)]));

/** Settings that can be changed: each may be left out, and null is its default. */
export const settingsPatch = z.strictObject(changeableShape(connectionSettings));
export type SettingsPatch = z.output<typeof settingsPatch>;

/** The settings with what the patch names changed. @returns what the schema of settings says of them */
export function patched(settings: ConnectionSettings, patch: SettingsPatch): z.ZodSafeParseResult<ConnectionSettings> {
  return connectionSettings.safeParse(merge(settings, patch));
}

function merge(target: unknown, patch: unknown): unknown {
  if (!isPlain(patch)) return patch;
  const merged: Record<string, unknown> = isPlain(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else if (value !== undefined) merged[key] = merge(merged[key], value);
  }
  return merged;
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
