/** What SQS refuses, and how it says so. */
import { type ActionInput, ServiceError } from '../json-protocol.ts';
import { type MessageAttributes, sizeOf } from './message.ts';

/** 1 MiB, for one message and for a whole batch. */
export const maxBytes = 1_048_576;

export function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', message, { queryCode: 'InvalidParameterValue' });
}

export function text(input: ActionInput, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(`Value for parameter ${name} is invalid. Reason: Must be a string.`);
  return value;
}

export function requiredText(input: ActionInput, name: string): string {
  const value = text(input, name);
  if (value) return value;
  throw new ServiceError('MissingRequiredParameterException', `The request must contain the parameter ${name}.`, {
    queryCode: 'MissingParameter',
  });
}

export function integer(input: ActionInput, name: string, [min, max]: readonly [number, number]): number | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw invalid(`Value ${value} for parameter ${name} is invalid. Reason: Must be between ${min} and ${max}.`);
}

export function strings(input: ActionInput, name: string): string[] {
  const value = input[name] ?? [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw invalid(`Value for parameter ${name} is invalid. Reason: Must be a list of strings.`);
}

export function record(input: ActionInput, name: string): Record<string, unknown> {
  const value = input[name] ?? {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalid(`Value for parameter ${name} is invalid. Reason: Must be a map.`);
}

export interface BatchEntry {
  id: string;
  input: ActionInput;
}

/** The entries of a batch action; what is wrong with the batch as a whole refuses it as a whole. */
export function batchEntries(input: ActionInput): BatchEntry[] {
  const list = Array.isArray(input.Entries) ? (input.Entries as ActionInput[]) : [];
  const refuse = (code: string, message: string) =>
    new ServiceError(code, message, { queryCode: `AWS.SimpleQueueService.${code}` });
  if (list.length === 0) {
    throw refuse('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (list.length > 10) {
    throw refuse(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${list.length}.`,
    );
  }
  const ids = new Set<string>();
  for (const entry of list) {
    const id = requiredText(entry, 'Id');
    if (!/^[\w-]{1,80}$/.test(id)) {
      throw refuse(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. ' +
          'It can be at most 80 letters long.',
      );
    }
    if (ids.has(id)) throw refuse('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
    ids.add(id);
  }
  return list.map((entry) => ({ id: entry.Id as string, input: entry }));
}

export function assertBatchFits(entries: readonly BatchEntry[]): void {
  const total = entries.reduce(
    (sum, { input }) => sum + sizeOf(text(input, 'MessageBody') ?? '', attributesOf(input)),
    0,
  );
  if (total > maxBytes) {
    throw new ServiceError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${maxBytes} bytes. You have sent ${total} bytes.`,
      { queryCode: 'AWS.SimpleQueueService.BatchRequestTooLong' },
    );
  }
}

export function assertMessageFits(bytes: number, maximum: number): void {
  if (bytes > maximum) {
    throw invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${maximum} bytes.`);
  }
}

/** SQS carries what XML 1.0 can: a stray control character in a name refuses the whole message. */
export function assertCharacters(body: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the very characters that are refused
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.test(body)) {
    throw new ServiceError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | ' +
        '#xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
}

export function groupId(input: ActionInput): string | undefined {
  const value = text(input, 'MessageGroupId');
  if (value === undefined || /^[\x21-\x7e]{1,128}$/.test(value)) return value;
  throw invalid(
    `Value ${value} for parameter MessageGroupId is invalid. ` +
      'Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
  );
}

export function attributesOf(
  input: ActionInput,
  name: 'MessageAttributes' | 'MessageSystemAttributes' = 'MessageAttributes',
): MessageAttributes {
  const attributes = record(input, name) as MessageAttributes;
  const names = Object.keys(attributes);
  if (names.length > 10) {
    throw invalid(`Number of message attributes [${names.length}] exceeds the allowed maximum [10].`);
  }
  for (const [attribute, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    if (!/^(String|Number|Binary)(\..+)?$/.test(DataType)) {
      throw invalid(`The type of message attribute ${attribute} is invalid.`);
    }
    if (!(DataType.startsWith('Binary') ? BinaryValue : StringValue)) {
      throw invalid(`The message attribute ${attribute} must contain a non-empty value of its type.`);
    }
  }
  return attributes;
}
