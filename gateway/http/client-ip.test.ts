import type { IncomingMessage } from 'node:http';

import express from 'express';

import { getClientIp } from './client-ip.js';

/** A request as the last proxy, or the client itself, sends it. */
const sent = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

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
  'made up',
];

describe.each([0, 1, 2, 5])('getClientIp behind %i proxies', (proxies) => {
  it.each(chains)('returns the same address as Express: "%s"', (forwarded) => {
    const request = sent('192.0.2.1', forwarded);
    expect(getClientIp(request, proxies)).toBe(clientOfExpress(request, proxies));
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
