import type { IncomingMessage } from 'node:http';

import express from 'express';

import { getClientIp } from './client-ip.js';

/** A request as the last proxy, or the client itself, sends it. */
const sent = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

/** The client of a request whose proxy wrote this header. */
const behindProxy = (forwarded: string) => getClientIp(sent('192.0.2.1', forwarded), 1);

/** The client address that Express finds. */
function clientOfExpress(request: IncomingMessage, proxies: number): unknown {
  const app = express();
  app.set('trust proxy', proxies);
  return (Object.assign(Object.create(app.request) as object, request, { app }) as unknown as express.Request).ip;
}

const chains = [
  '',
  '198.51.100.1',
  '198.51.100.1, 198.51.100.2',
  '198.51.100.1,198.51.100.2 , 198.51.100.3',
  'made up, 198.51.100.2',
];

describe.each([0, 1, 2, 5])('getClientIp behind %i proxies', (proxies) => {
  it.each(chains)('returns the same address as Express if it is one: "%s"', (forwarded) => {
    const request = sent('192.0.2.1', forwarded);
    const expected = clientOfExpress(request, proxies);
    expect(getClientIp(request, proxies)).toBe(expected === 'made up' ? '192.0.2.1' : expected);
  });
});

it('getClientIp ignores x-forwarded-for without proxies', () => {
  expect(getClientIp(sent('192.0.2.1', '198.51.100.1'), 0)).toBe('192.0.2.1');
});

it('getClientIp returns one client for each IPv6 /64', () => {
  const first = getClientIp(sent('2001:db8:0:1::1'), 0);
  expect(getClientIp(sent('2001:db8:0:1:ffff::9'), 0)).toBe(first);
  expect(getClientIp(sent('2001:db8:0:2::1'), 0)).not.toBe(first);
});

it('getClientIp unwraps an IPv4-mapped IPv6 address', () => {
  expect(getClientIp(sent('::ffff:192.0.2.1'), 0)).toBe('192.0.2.1');
});

it.each([
  '1.2.3.4',
  '1.2.3.4:5555',
  '1.2.3.4:6666',
  '"1.2.3.4"',
  '"1.2.3.4:5555"',
  'for=1.2.3.4',
  'For="1.2.3.4:5555"',
  'for=1.2.3.4;proto=https',
  '001.02.3.004',
  '::ffff:1.2.3.4',
  '::FFFF:102:304',
  '[::ffff:1.2.3.4]:80',
  '  1.2.3.4 ',
  '9.9.9.9, 1.2.3.4:5555',
])('getClientIp returns the same IPv4 client however a proxy writes it: %s', (forwarded) => {
  expect(behindProxy(forwarded)).toBe('1.2.3.4');
});

it.each([
  '2001:db8::1',
  '2001:DB8::1',
  '2001:0db8:0000:0000:0000:0000:0000:0001',
  '[2001:db8::1]',
  '[2001:db8::1]:443',
  '[2001:db8::ffff]:8443',
  '2001:db8::1%eth0',
  'for="[2001:db8::1]:443"',
])('getClientIp returns the same IPv6 client however a proxy writes it: %s', (forwarded) => {
  expect(behindProxy(forwarded)).toBe('2001:db8:0:0::/64');
});

it.each([
  'unknown',
  '_hidden',
  'for=_x',
  '1.2.3.4.5',
  '1.2.3.400',
  '1.2.3',
  '0x1020304',
  '16909060',
  '1.2.3.4:port',
  '2001:db8::1::2',
  '[]',
  '"',
  ',',
  '1'.repeat(150),
])('getClientIp returns the proxy if it names no address, so that a client cannot look like many: %s', (forwarded) => {
  expect(behindProxy(forwarded)).toBe('192.0.2.1');
});
