/** An SNS that takes messages: the query protocol, and of it `Publish`. Who is told is up to the stack. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { EmbeddedService } from './embedded-service.ts';
import { close, listen } from './listen.ts';
import { readBody } from './read-body.ts';

export interface Published {
  topic: string;
  subject: string;
  message: string;
}

const MAX_BODY_BYTES = 300 * 1024;

export async function startSns(onPublish: (published: Published) => void): Promise<EmbeddedService> {
  const server = createServer((request, response) => {
    answer(request, response, onPublish).catch((error: Error) => refuse(response, 500, 'InternalError', error.message));
  });
  const endpoint = await listen(server);
  return { endpoint, stop: () => close(server) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  onPublish: (published: Published) => void,
): Promise<void> {
  const form = new URLSearchParams((await readBody(request, MAX_BODY_BYTES))?.toString('utf8'));
  const [topic, message] = [form.get('TopicArn'), form.get('Message')];
  if (form.get('Action') !== 'Publish' || !topic || !message) {
    return refuse(response, 400, 'InvalidParameter', 'Only Publish with TopicArn and Message is known here.');
  }
  onPublish({ topic, message, subject: form.get('Subject') ?? '' });
  const id = randomUUID();
  send(
    response,
    200,
    `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>${id}</MessageId>` +
      `</PublishResult><ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata></PublishResponse>`,
  );
}

const refuse = (response: ServerResponse, status: number, code: string, message: string): void =>
  send(
    response,
    status,
    `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code>` +
      `<Message>${message}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );

function send(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
}
