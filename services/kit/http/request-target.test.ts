import type { IncomingMessage } from 'node:http';

import { readPath } from './request-target.js';

it.each([
  ['/graphql', '/graphql', '/graphql', 'here'],
  ['/graphql/?query={a}', '/graphql', '/graphql/?query={a}', 'here'],
  ['/', '/', '/', 'here'],
  ['//graphql', '//graphql', '//graphql', 'here'],
  ['/http://there/graphql', '/http://there/graphql', '/http://there/graphql', 'here'],
  ['http://there:80/graphql?query={a}', '/graphql', '/graphql?query={a}', 'there:80'],
  ['HTTPS://there', '/', '/', 'there'],
  ['http://there?query={a}', '/', '/?query={a}', 'there'],
  ['*', '*', '*', 'here'],
])('the path of %s is %s', (target, path, url, host) => {
  const request = { url: target, headers: { host: 'here' } } as IncomingMessage;
  expect(readPath(request)).toBe(path);
  expect([request.url, request.headers.host]).toEqual([url, host]);
});
