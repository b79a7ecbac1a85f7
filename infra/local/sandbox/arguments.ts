import { PythonError } from './faults.ts';
import type { Context, Value } from './types.ts';

/** Lays positional and named arguments over a method's parameters, with Python's complaints. */
export function bindArguments(
  method: string,
  names: string[],
  args: Value[],
  kwargs: Context,
): Record<string, Value | undefined> {
  if (args.length > names.length) {
    const text = `BaseModel.${method}() takes ${names.length + 1} positional arguments but ${args.length + 1} were given`;
    throw new PythonError('TypeError', text);
  }
  const bound: Record<string, Value | undefined> = {};
  names.forEach((name, index) => {
    bound[name] = args[index];
  });
  for (const [name, value] of Object.entries(kwargs)) {
    if (name === 'context') continue;
    if (!names.includes(name)) {
      throw new PythonError('TypeError', `BaseModel.${method}() got an unexpected keyword argument '${name}'`);
    }
    bound[name] = value;
  }
  return bound;
}

export function required(method: string, bound: Record<string, Value | undefined>, name: string): Value {
  const value = bound[name];
  if (value !== undefined) return value;
  throw new PythonError('TypeError', `BaseModel.${method}() missing 1 required positional argument: '${name}'`);
}
