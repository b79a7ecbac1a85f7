/** The queues of one server: creating, finding, describing them. */
import { type ActionInput, ServiceError } from '../json-protocol.ts';
import type { Journal } from './journal.ts';
import { invalid, maxBytes, record, requiredText, strings, text } from './limits.ts';
import { Queue, type Redrive } from './queue.ts';

const account = '000000000000';

/** Attributes that can be set, with AWS's defaults and limits. */
const settable: Readonly<Record<string, { initial: number; range: readonly [number, number] }>> = {
  VisibilityTimeout: { initial: 30, range: [0, 43_200] },
  MessageRetentionPeriod: { initial: 345_600, range: [60, 1_209_600] },
  MaximumMessageSize: { initial: maxBytes, range: [1024, maxBytes] },
  DelaySeconds: { initial: 0, range: [0, 900] },
  ReceiveMessageWaitTimeSeconds: { initial: 0, range: [0, 20] },
};
/** Accepted and told back, without effect here. */
const ignored = ['Policy', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled'];
const redriveAttributes = ['RedrivePolicy', 'RedriveAllowPolicy'];

export class Queues {
  readonly #queues = new Map<string, Queue>();
  readonly #journal: Journal;
  readonly #region: string;
  /** Known once the server listens. */
  endpoint = '';

  constructor(options: { journal: Journal; region: string }) {
    this.#journal = options.journal;
    this.#region = options.region;
  }

  async restore(): Promise<void> {
    for (const { record: stored, messages } of await this.#journal.load()) {
      this.#add(stored).restore(messages);
    }
  }

  /** The queue that the request's `QueueUrl` ends in: its host and port change from start to start. */
  of(input: ActionInput): Queue {
    return this.#named(requiredText(input, 'QueueUrl').split('/').at(-1) ?? '');
  }

  ofArn(arn: string): Queue | undefined {
    return this.#queues.get(arn.split(':').at(-1) ?? '');
  }

  async create(input: ActionInput): Promise<object> {
    const name = requiredText(input, 'QueueName');
    const wanted = this.#checked(record(input, 'Attributes'));
    if (!/^[\w-]{1,80}$/.test(name)) {
      throw invalid('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
    }
    const existing = this.#queues.get(name);
    if (!existing) {
      const defaults = Object.fromEntries(
        Object.entries(settable).map(([attribute, { initial }]) => [attribute, String(initial)]),
      );
      const created = { name, createdAt: Date.now(), attributes: { ...defaults, ...wanted } };
      this.#add(created);
      await this.#journal.write([{ kind: 'queue', record: created }]);
    } else {
      const differing = Object.keys(wanted).find((key) => existing.record.attributes[key] !== wanted[key]);
      if (differing) {
        throw new ServiceError(
          'QueueNameExists',
          `A queue already exists with the same name and a different value for attribute ${differing}`,
          { queryCode: 'QueueAlreadyExists' },
        );
      }
    }
    return { QueueUrl: this.#url(name) };
  }

  url(input: ActionInput): object {
    return { QueueUrl: this.#url(this.#named(requiredText(input, 'QueueName')).name) };
  }

  list(input: ActionInput): object {
    const prefix = text(input, 'QueueNamePrefix') ?? '';
    const names = [...this.#queues.keys()].filter((name) => name.startsWith(prefix));
    return names.length > 0 ? { QueueUrls: names.map((name) => this.#url(name)) } : {};
  }

  async setAttributes(input: ActionInput): Promise<object> {
    const queue = this.of(input);
    Object.assign(queue.record.attributes, this.#checked(record(input, 'Attributes')));
    await this.#journal.write([{ kind: 'queue', record: queue.record }]);
    return {};
  }

  attributes(input: ActionInput): object {
    const queue = this.of(input);
    const { visible, inFlight, delayed } = queue.counts;
    const created = String(Math.floor(queue.record.createdAt / 1000));
    const all: Record<string, string> = {
      ...queue.record.attributes,
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
      ApproximateNumberOfMessagesDelayed: String(delayed),
      QueueArn: queue.arn,
      CreatedTimestamp: created,
      LastModifiedTimestamp: created,
    };
    const wanted = strings(input, 'AttributeNames');
    const chosen = wanted.includes('All') ? Object.keys(all) : wanted.filter((name) => Object.hasOwn(all, name));
    return { Attributes: Object.fromEntries(chosen.map((name) => [name, all[name]])) };
  }

  async delete(input: ActionInput): Promise<object> {
    const queue = this.of(input);
    this.#queues.delete(queue.name);
    queue.close();
    await queue.purge();
    await this.#journal.write([{ kind: 'dropQueue', name: queue.name }]);
    return {};
  }

  close(): void {
    for (const queue of this.#queues.values()) queue.close();
  }

  #add(stored: Queue['record']): Queue {
    const queue = new Queue(stored, {
      arn: `arn:aws:sqs:${this.#region}:${account}:${stored.name}`,
      journal: this.#journal,
      redrive: (source) => this.#redriveOf(source),
    });
    this.#queues.set(stored.name, queue);
    return queue;
  }

  #named(name: string): Queue {
    const queue = this.#queues.get(name);
    if (queue) return queue;
    throw new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.', {
      queryCode: 'AWS.SimpleQueueService.NonExistentQueue',
    });
  }

  #url(name: string): string {
    return `${this.endpoint}/${account}/${name}`;
  }

  #redriveOf(queue: Queue): Redrive | undefined {
    const policy = parseRedrive(queue.record.attributes.RedrivePolicy);
    const target = policy && this.ofArn(policy.arn);
    return target && { target, maxReceiveCount: policy.maxReceiveCount };
  }

  #checked(attributes: Record<string, unknown>): Record<string, string> {
    for (const [name, value] of Object.entries(attributes)) {
      const rule = Object.hasOwn(settable, name) ? settable[name] : undefined;
      if (!rule && !ignored.includes(name) && !redriveAttributes.includes(name)) {
        throw new ServiceError('InvalidAttributeName', `Unknown Attribute ${name}.`);
      }
      const number = Number(value);
      const inRange = rule ? Number.isInteger(number) && number >= rule.range[0] && number <= rule.range[1] : true;
      if (typeof value !== 'string' || !inRange) throw invalid(`Invalid value for the parameter ${name}.`);
    }
    const checked = attributes as Record<string, string>;
    const policy = parseRedrive(checked.RedrivePolicy);
    if (policy && !this.ofArn(policy.arn)) {
      throw invalid(
        `Value ${checked.RedrivePolicy} for parameter RedrivePolicy is invalid. ` +
          'Reason: Dead letter target does not exist.',
      );
    }
    return checked;
  }
}

function parseRedrive(policy: string | undefined): { arn: string; maxReceiveCount: number } | undefined {
  if (!policy) return undefined;
  try {
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(policy) as Record<string, unknown>;
    const count = Number(maxReceiveCount);
    if (typeof deadLetterTargetArn === 'string' && count >= 1 && count <= 1000) {
      return { arn: deadLetterTargetArn, maxReceiveCount: count };
    }
  } catch {
    // Refused below, like every other text that is not a policy.
  }
  throw invalid(`Value ${policy} for parameter RedrivePolicy is invalid. Reason: Redrive policy is not valid.`);
}
