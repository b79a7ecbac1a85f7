import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPublic } from '../../lib/outbound/address.ts';
import { insideIpv4 } from '../support/hosts.ts';

describe('addresses', () => {
  test.each([
    ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.255.254'],
    ...['169.254.169.254', '169.254.170.2', '172.16.0.1', '172.31.255.255', '192.168.0.1', '192.0.0.1', '192.0.2.1'],
    ...['198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ...[
      '::',
      '::1',
      '::127.0.0.1',
      '::ffff:127.0.0.1',
      '::ffff:169.254.169.254',
      '::ffff:a9fe:a9fe',
      '::ffff:0:10.0.0.1',
    ],
    ...['64:ff9b::a9fe:a9fe', '64:ff9b:1::1', '2002:7f00:1::', '2001::1', '2001:db8::1', '100::1', '5f00::1'],
    ...['fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '4000::1'],
    ...['', 'localhost', 'example.com', '1.2.3', '256.1.1.1'],
  ])('%s is not the internet’s', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  test.each(['1.1.1.1', '93.184.216.34', '100.128.0.1', '172.32.0.1', '192.167.255.255', '2606:4700:4700::1111'])(
    '%s is the internet’s',
    (address) => {
      expect(isPublic(address)).toBe(true);
      if (!address.includes(':')) expect(isPublic(`::ffff:${address}`)).toBe(true);
    },
  );

  test('of networks that nobody can reach from outside there is none that is', () => {
    fc.assert(fc.property(insideIpv4, (address) => !isPublic(address) && !isPublic(`::ffff:${address}`)));
  });
});
