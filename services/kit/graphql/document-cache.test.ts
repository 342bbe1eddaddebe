import { parse } from 'graphql';

import { createDocumentCache } from './document-cache.js';

it('a document cache returns documents without the tokens of the parser, and evicts the least recently used', async () => {
  const cache = createDocumentCache(30_000);
  const fields = Array.from({ length: 100 }, (_, index) => `field${index}`).join(' ');
  for (const name of ['a', 'b', 'c']) await cache.set(name, parse(`{ ${name} ${fields} }`));
  const [oldest, latest] = await Promise.all([cache.get('a'), cache.get('c')]);
  expect(oldest).toBeUndefined();
  expect(latest?.definitions).toHaveLength(1);
  expect(latest?.loc).toBeUndefined();
  await cache.delete('c');
  expect(await cache.get('c')).toBeUndefined();
});
