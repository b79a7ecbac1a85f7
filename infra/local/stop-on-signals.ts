/** One Ctrl-C often arrives several times: from the terminal, and from the tools in between. */
const SAME_MS = 500;

/** Stops gently at the first Ctrl-C, at once at the second. Both are a regular end. */
export function stopOnSignals(stop: () => Promise<void>, say: (text: string) => void): void {
  let first: number | undefined;
  const onSignal = () => {
    if (first !== undefined) {
      if (Date.now() - first > SAME_MS) process.exit(0);
      return;
    }
    first = Date.now();
    say('\nStopping …');
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
}
