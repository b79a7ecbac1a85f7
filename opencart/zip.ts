import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** A file of an archive: its path with slashes, and what is in it. */
export interface ZipEntry {
  path: string;
  data: Buffer;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8_NAMES = 0x0800;
const UNIX_FILE = (0o100644 << 16) >>> 0;

/**
 * A zip archive whose bytes depend on nothing but its entries, in the order of their paths. Files are stored, not
 * packed: what a compressor makes differs between versions of Node, and the whole is small.
 */
export function zip(entries: ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of [...entries].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const name = Buffer.from(entry.path, 'utf8');
    const shared = sharedHeader(entry.data, name);
    const local = Buffer.concat([uint32(LOCAL), shared, uint16(0), name]);
    directory.push(
      Buffer.concat([
        uint32(CENTRAL),
        uint16((3 << 8) | VERSION),
        shared,
        uint16(0),
        uint16(0),
        uint16(0),
        uint16(0),
        uint32(UNIX_FILE),
        uint32(offset),
        name,
      ]),
    );
    parts.push(local, entry.data);
    offset += local.length + entry.data.length;
  }
  const central = Buffer.concat(directory);
  const count = uint16(directory.length);
  const end = [uint32(END), uint16(0), uint16(0), count, count, uint32(central.length), uint32(offset), uint16(0)];
  return Buffer.concat([...parts, central, ...end]);
}

/** What an entry says of itself both before its data and in the directory. */
function sharedHeader(data: Buffer, name: Buffer): Buffer {
  return Buffer.concat([
    uint16(VERSION),
    uint16(UTF8_NAMES),
    uint16(0),
    ...changed(data),
    uint32(crc32(data)),
    uint32(data.length),
    uint32(data.length),
    uint16(name.length),
  ]);
}

/**
 * When the file was last changed, as time and date of the format: a moment between 2001 and 2020 that follows from
 * what is in it. PHP gives unpacked files this time, and its opcache takes a file whose time is the same for the
 * same file: with one fixed time for all, a store would run the code from before an upgrade.
 */
function changed(data: Buffer): [time: Buffer, date: Buffer] {
  const from = createHash('sha256').update(data).digest();
  const part = (index: number, values: number) => from.readUInt16BE(index * 2) % values;
  const time = (part(0, 24) << 11) | (part(1, 60) << 5) | part(2, 30);
  const date = ((21 + part(3, 20)) << 9) | ((1 + part(4, 12)) << 5) | (1 + part(5, 28));
  return [uint16(time), uint16(date)];
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
