import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody who answers every request as he is told, whatever is asked. */
export interface Answering {
  url: string;
  answer: (response: ServerResponse) => void;
  stop(): void;
}

export async function startAnswering(): Promise<Answering> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => answering.answer(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const answering: Answering = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (response) => response.end(),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  return answering;
}

/** A method's response over XML-RPC. */
export const xmlValue = (inner: string): string =>
  `<?xml version='1.0'?><methodResponse><params><param><value>${inner}</value></param></params></methodResponse>`;

/** A fault over XML-RPC with these members beside its code; they are XML already. */
export const xmlFaultOf = (members: string, code = 2): string =>
  `<?xml version='1.0'?><methodResponse><fault><value><struct><member><name>faultCode</name><value><int>${code}</int></value></member>` +
  `${members}</struct></value></fault></methodResponse>`;

/** A fault over XML-RPC; the text is XML already. */
export const xmlFault = (text: string, code = 1): string =>
  xmlFaultOf(`<member><name>faultString</name><value><string>${text}</string></value></member>`, code);

export const send =
  (status: number, body: string, headers: Record<string, string> = { 'content-type': 'text/xml' }) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, headers).end(body);
