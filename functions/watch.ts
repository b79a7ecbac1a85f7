import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { ScheduledEvent } from 'aws-lambda';
import { awsClient } from '../lib/aws.ts';
import { noticeTopic } from '../lib/environment.ts';
import { type Notice, watchConnections } from '../lib/incidents/watch.ts';
import { base } from './stack/base.ts';
import { observer } from './stack/telemetry.ts';

const sns = new SNSClient(awsClient());

/** SNS takes subjects of at most 100 characters, and messages of 256 KiB. */
const SUBJECT_LENGTH = 100;
const MESSAGE_LENGTH = 60_000;

async function publish({ subject, message }: Notice): Promise<void> {
  const Subject = subject.slice(0, SUBJECT_LENGTH);
  const Message = message.slice(0, MESSAGE_LENGTH);
  await sns.send(new PublishCommand({ TopicArn: noticeTopic(), Subject, Message }));
}

/** Tells people what begins to go wrong, and what goes right again. */
export const handler = base<ScheduledEvent, void>().handler(async ({ time }) => {
  await watchConnections(publish, observer, Date.parse(time));
});
