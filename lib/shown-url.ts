/** What of a URL may be shown: where it leads. A user, a password or a query may hold what opens it. */

export function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** The last part of the path: what a person knows the file by. OpenCart leaves a `%` in a name as it is. */
export function fileNameIn(url: string): string {
  const { pathname, host } = new URL(url);
  const name = pathname.split('/').at(-1) || host;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
