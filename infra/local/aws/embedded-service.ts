/** A server that runs in this process until it is stopped. */
export interface EmbeddedService {
  endpoint: string;
  stop(): Promise<void>;
}
