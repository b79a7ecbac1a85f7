/** The API in components: questions that are kept and asked again, and what changes things. */
import {
  keepPreviousData,
  type QueryKey,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useRef } from 'react';
import type { Answer, Api, Input, OperationId } from './client.ts';

export const ApiContext = createContext<Api | undefined>(undefined);

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (api === undefined) throw new Error('useApi is used outside of the session.');
  return api;
}

interface AskOptions {
  enabled?: boolean;
  /** Milliseconds; false: only when something changes. */
  every?: number | false;
  /** Keep showing what was there while something else is fetched. */
  keep?: boolean;
  retry?: boolean;
}

export function useAsk<Id extends OperationId>(id: Id, input: Input<Id>, options: AskOptions = {}) {
  const api = useApi();
  const { enabled = true, every = false, keep = false, retry } = options;
  return useQuery<Answer<Id>>({
    queryKey: [id, input],
    queryFn: ({ signal }) => api.ask(id, input, signal),
    enabled,
    refetchInterval: every,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    ...(retry === undefined ? {} : { retry }),
  });
}

type Paged = { next: string | number | null };

/** A list, page by page; `cursor` is the name of the query parameter that `next` goes into. */
export function usePages<Id extends OperationId>(
  id: Id,
  input: Input<Id>,
  {
    every = false,
    enabled = true,
    cursor = 'cursor',
  }: { every?: number | false; enabled?: boolean; cursor?: string } = {},
) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: [id, 'pages', input] as QueryKey,
    queryFn: ({ signal, pageParam }) => {
      const { query } = input as { query?: object };
      const paged = { ...input, query: { ...query, ...(pageParam === null ? {} : { [cursor]: pageParam }) } };
      return api.ask(id, paged as Input<Id>, signal);
    },
    initialPageParam: null as string | number | null,
    getNextPageParam: (page: Answer<Id>) => (page as Paged).next,
    refetchInterval: every,
    enabled,
  });
}

/** Something that changes; afterwards what the named operations answered is asked for again. Whoever leaves ends its waiting. */
export function useDo<Id extends OperationId>(id: Id, touches: readonly OperationId[] = []) {
  const api = useApi();
  const again = useAskAgain();
  const isShown = useIsShown();
  return useMutation<Answer<Id>, Error, Input<Id>>({
    mutationFn: (input) => api.do(id, input, isShown),
    onSettled: () => again(touches),
  });
}

/** Whether the component is still there, e.g. a dialog that can be cancelled. */
export function useIsShown(): () => boolean {
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  return useCallback(() => shown.current, []);
}

/** Asks again whatever the operations answered. */
export function useAskAgain() {
  const client = useQueryClient();
  return (ids: readonly OperationId[]) => {
    for (const id of ids) void client.invalidateQueries({ queryKey: [id] });
  };
}
