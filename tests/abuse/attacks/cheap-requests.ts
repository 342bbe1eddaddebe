import type { Attack } from '../attack.js';
import { floodAttack, type HostileRequest } from '../flood.js';

const get = (path: string): HostileRequest => ({ method: 'GET', path });

/** Many requests that are cheap one by one: they have no cost, or are rejected before anything is executed. */
export const cheapRequests: readonly Attack[] = [
  floodAttack('requests for the health of the gateway', { concurrency: 64, request: () => get('/health/ready') }),
  floodAttack('requests for the health of Denmark', {
    concurrency: 64,
    service: 'denmark',
    request: () => get('/health/ready'),
  }),
  floodAttack('preflight requests', {
    concurrency: 64,
    request: () => ({ method: 'OPTIONS', headers: { 'access-control-request-method': 'POST' } }),
  }),
  floodAttack('visits of a browser', { concurrency: 64, request: () => ({ ...get('/graphql'), headers: html }) }),
  floodAttack('invalid percent encodings', {
    concurrency: 64,
    request: (turn) => get(`/graphql?query=%E0%A4%A&turn=${turn}`),
  }),
  floodAttack('a cached response again and again', {
    concurrency: 64,
    request: () => get(`/graphql?query=${encodeURIComponent('{ denmark { country } }')}`),
  }),
];

const html = { accept: 'text/html' };
