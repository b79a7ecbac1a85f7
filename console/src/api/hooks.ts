/** The API in components: questions that are kept and asked again, and what changes things. */
import {
  keepPreviousData,
  type QueryKey,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { createContext, useContext, useEffect, useRef } from 'react';
import { useWaitingNote } from '../ui/waiting-note.ts';
import type { Answer, Api, Input, OperationId } from './client.ts';
import { asProblem } from './problem.ts';

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

/** How often a change is tried that waits for its turn, some eight seconds each: longer than a slow Odoo's batch takes. */
const TURNS = 35;
const TURN_PAUSE_MS = 500;

/**
 * Something that changes; afterwards what the named operations answered is asked for again. As long as others are
 * talking to Odoo it waits for its turn, and says so; the API has done nothing then. Whoever leaves ends that.
 */
export function useDo<Id extends OperationId>(id: Id, touches: readonly OperationId[] = []) {
  const api = useApi();
  const again = useAskAgain();
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const mutation = useMutation<Answer<Id>, Error, Input<Id>>({
    mutationFn: (input) => api.ask(id, input),
    retry: (turns, error) => asProblem(error).code === 'LANE_BUSY' && isShown.current && turns < TURNS,
    retryDelay: TURN_PAUSE_MS,
    onSettled: () => again(touches),
  });
  useWaitingNote(mutation.isPending && mutation.failureCount > 0);
  return mutation;
}

/** Asks again whatever the operations answered. */
export function useAskAgain() {
  const client = useQueryClient();
  return (ids: readonly OperationId[]) => {
    for (const id of ids) void client.invalidateQueries({ queryKey: [id] });
  };
}
