/** What the path of an event tells about itself; the functions turn it into logs and metrics. */
export interface Observer {
  info(message: string, fields: Record<string, unknown>): void;
  warn(message: string, fields: Record<string, unknown>): void;
  error(message: string, fields: Record<string, unknown>): void;
  count(metric: string, value: number): void;
}
