/** Hosts of URLs in all the notations that a URL parser takes, of addresses inside and of the internet. */
import fc from 'fast-check';

type Octets = readonly [number, number, number, number];
const byte = fc.integer({ min: 0, max: 255 });
const within = (min: number, max: number) => fc.integer({ min, max });
const just = (value: number) => fc.constant(value);

/** Of networks that nobody can reach from outside: private, loopback, link-local, CGNAT, this network, reserved. */
const insideOctets: fc.Arbitrary<Octets> = fc.oneof(
  fc.tuple(fc.constantFrom(0, 10, 127), byte, byte, byte),
  fc.tuple(just(172), within(16, 31), byte, byte),
  fc.tuple(just(192), just(168), byte, byte),
  fc.tuple(just(169), just(254), byte, byte),
  fc.tuple(just(100), within(64, 127), byte, byte),
  fc.tuple(within(224, 255), byte, byte, byte),
  // Where clouds keep their metadata, and the credentials of a container.
  fc.constantFrom<Octets>([169, 254, 169, 254], [169, 254, 170, 2], [127, 0, 0, 1], [0, 0, 0, 0]),
);
/** Right beside them, and elsewhere. */
const publicOctets: fc.Arbitrary<Octets> = fc.oneof(
  fc.tuple(fc.constantFrom(1, 8, 9, 11, 93, 126, 128, 151), byte, byte, byte),
  fc.tuple(just(172), fc.constantFrom(15, 32), byte, byte),
  fc.tuple(just(169), fc.constantFrom(253, 255), byte, byte),
  fc.tuple(just(100), fc.constantFrom(63, 128), byte, byte),
);

const hex = (value: number, digits = 0) => value.toString(16).padStart(digits, '0');
const dotted = (octets: Octets) => octets.join('.');
const numberOf = (octets: readonly number[]) => octets.reduce((sum, octet) => sum * 256 + octet, 0);
const groups = ([a, b, c, d]: Octets) => `${hex(a * 256 + b)}:${hex(c * 256 + d)}`;
/** The forms of inet_aton: the last part fills what is left. */
const short = (octets: Octets, parts: number) =>
  [...octets.slice(0, parts - 1), numberOf(octets.slice(parts - 1))].map(Number);
const fullWidth = (text: string) =>
  text.replaceAll(/[!-~]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0));
const percent = (text: string) => text.replaceAll(/\d/g, (digit) => `%3${digit}`);

const written = {
  decimal: (part: number) => String(part),
  octal: (part: number) => `0${part.toString(8)}`,
  longOctal: (part: number) => `0000${part.toString(8)}`,
  hexadecimal: (part: number) => `0x${hex(part)}`,
  longHexadecimal: (part: number) => `0X00${hex(part).toUpperCase()}`,
};
const way = fc.constantFrom(...Object.values(written));

const asIpv4 = (octets: fc.Arbitrary<Octets>): fc.Arbitrary<string> =>
  fc
    .tuple(octets, within(1, 4), fc.tuple(way, way, way, way))
    .map(([address, parts, ways]) =>
      short(address, parts)
        .map((part, index) => (ways[index] ?? String)(part))
        .join('.'),
    )
    .chain((host) => fc.constantFrom(host, `${host}.`, fullWidth(host), percent(host), host.replaceAll('.', '。')));

/** IPv4 within IPv6 that is IPv4 to whoever connects. */
const asMapped = (octets: fc.Arbitrary<Octets>): fc.Arbitrary<string> =>
  octets.chain((address) =>
    fc.constantFrom(
      ...[`::ffff:${dotted(address)}`, `::ffff:${groups(address)}`],
      `0000:0000:0:0:0:ffff:${groups(address)}`,
    ),
  );

/** IPv4 within IPv6 that a gateway would have to take out again. */
const asCarried = (octets: fc.Arbitrary<Octets>): fc.Arbitrary<string> =>
  octets.chain((address) =>
    fc.constantFrom(
      ...[`::${dotted(address)}`, `::ffff:0:${dotted(address)}`],
      ...[`64:ff9b::${dotted(address)}`, `64:ff9b::${groups(address)}`, `64:ff9b:1::${groups(address)}`],
      ...[`2002:${groups(address)}::`, `2002:${groups(address)}::1`],
    ),
  );

const group = within(0, 0xffff).map((value) => hex(value));
const ipv6 = (first: fc.Arbitrary<string>) =>
  fc.tuple(first, fc.array(group, { minLength: 0, maxLength: 3 }), group).map(([head, middle, last]) => {
    const tail = [...middle, last].join(':');
    return `${head}::${tail}`;
  });
const insideIpv6 = fc.oneof(
  fc.constantFrom('::', '::1', '0:0:0:0:0:0:0:1', 'fd00:ec2::254'),
  ipv6(fc.oneof(within(0xfc00, 0xfdff), within(0xfe80, 0xfebf), within(0xff00, 0xff0f)).map((value) => hex(value))),
);
const publicIpv6 = ipv6(fc.constantFrom('2606:4700', '2a00:1450', '2400:cb00'));

const bracketed = (addresses: fc.Arbitrary<string>) =>
  addresses.chain((address) => fc.constantFrom(`[${address}]`, `[${address.toUpperCase()}]`));

const ownName = fc
  .tuple(fc.constantFrom('', 'shop.', 'a.b.'), fc.constantFrom('localhost', 'LOCALHOST', 'LocalHost'))
  .map((parts) => parts.join(''))
  .chain((name) => fc.constantFrom(name, `${name}.`, fullWidth(name)));

/** A host of a URL that leads inside, however it is written. */
export const insideHost = fc.oneof(
  asIpv4(insideOctets),
  bracketed(asMapped(insideOctets)),
  bracketed(asCarried(insideOctets)),
  bracketed(insideIpv6),
  ownName,
);
/** A host of a URL that leads to the internet. */
export const publicHost = fc.oneof(
  asIpv4(publicOctets),
  bracketed(asMapped(publicOctets)),
  bracketed(publicIpv6),
  fc.domain(),
);
/** As a resolver would answer. */
export const insideIpv4 = insideOctets.map(dotted);
