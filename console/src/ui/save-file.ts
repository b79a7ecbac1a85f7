import type { FilePart } from '../api/client.ts';

/** Fetches a file part by part and hands it to the browser. @returns how large it is, in characters */
export async function saveFile(
  name: string,
  type: string,
  part: (cursor: string | undefined) => Promise<FilePart>,
): Promise<number> {
  const texts: string[] = [];
  let cursor: string | undefined;
  do {
    const { text, next } = await part(cursor);
    texts.push(text);
    cursor = next;
  } while (cursor !== undefined);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(texts, { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  return texts.reduce((sum, text) => sum + text.length, 0);
}
