import type { Api } from '../../api/client.ts';

/** Sends parked events again, as many calls as it takes. @returns how many were sent */
export async function replayAll(api: Api, what: { all: true } | { cause: string }): Promise<number> {
  let sent = 0;
  for (let cursor: string | undefined, isMore = true; isMore; ) {
    const answer = await api.ask('replayFailures', { body: { ...what, ...(cursor === undefined ? {} : { cursor }) } });
    sent += answer.sent;
    cursor = answer.next ?? undefined;
    isMore = answer.next !== null;
  }
  return sent;
}

/** Gives up all of a cause. @returns how many there were */
export async function dismissAll(api: Api, cause: string): Promise<number> {
  let dismissed = 0;
  for (let isMore = true; isMore; ) {
    const answer = await api.ask('dismissFailures', { body: { cause } });
    dismissed += answer.dismissed;
    isMore = answer.more;
  }
  return dismissed;
}
