/** Origins whose pages may hold the console in a frame on this machine: `CONSOLE_PARENTS`, with commas between them. */
export function consoleParents(text = process.env.CONSOLE_PARENTS ?? ''): string[] {
  const origins = text
    .split(',')
    .map((origin) => origin.trim())
    .filter(Boolean);
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new Error(`CONSOLE_PARENTS: "${origin}" is no origin like https://shop.example.`);
    }
  }
  return origins;
}
