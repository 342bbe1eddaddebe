import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';

import { compressBody, isCompressible } from './compress-body.js';

it('a body that is sent many times is compressed once', async () => {
  const body = Buffer.from('{"data":null}'.repeat(500));
  const compressed = await compressBody(body, 'gzip');
  expect(gunzipSync(compressed)).toEqual(body);
  expect(await compressBody(body, 'gzip')).toBe(compressed);
  expect(await compressBody(body, 'br')).not.toEqual(compressed);
});

it('a compressed body that would take much memory is not kept', async () => {
  const body = randomBytes(5_000);
  const compressed = await compressBody(body, 'gzip');
  expect(gunzipSync(compressed)).toEqual(body);
  expect(await compressBody(body, 'gzip')).not.toBe(compressed);
});

it('a body that fits into a packet is not worth compressing', () => {
  expect([100, 1_000].map((length) => isCompressible(Buffer.alloc(length)))).toEqual([false, true]);
});
