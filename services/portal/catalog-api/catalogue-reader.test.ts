import { countries } from '../../../schema/values/countries.js';
import type { GatewayClient } from '../gateway/gateway-client.js';
import { createCatalogueReader, createMerger } from './catalogue-reader.js';
import { toPage } from '../testing/fake-gateway.js';

const record = (country: string, index: number) => ({
  ...{ id: `${country}:record:${index}`, name: 'R', url: `https://example.org/${country}/${index}`, aliases: [] },
  issued: `2026-01-01T00:00:0${index % 10}Z`,
  ...{ publisherId: null, publisherName: null, publisher: null, provenance: { retrievedAt: null } },
});

/** A gateway of catalogues with that many records each. */
const gatewayOf = (counts: Readonly<Record<string, number>>) => {
  let operations = 0;
  const gateway: Pick<GatewayClient, 'execute'> = {
    execute: ({ query, variables = {} }) => {
      operations += 1;
      const id = query.includes('catalogues')
        ? undefined
        : Object.values(variables).find((value) => /:cat/.test(String(value)));
      const country = String(id).slice(0, 2);
      const records = Array.from({ length: counts[country.toUpperCase()] ?? 0 }, (_, index) => record(country, index));
      const data =
        id === undefined
          ? { catalogues: countries.map(({ code }) => ({ country: code, title: code })) }
          : { node: { records: toPage(records, pageOf(query, variables)) } };
      return Promise.resolve({ data, errors: [], catalogues: {} });
    },
  };
  return { gateway, count: () => operations };
};
const pageOf = (query: string, variables: Readonly<Record<string, unknown>>) => ({
  first: Number(/first: (\d+)/.exec(query)?.[1] ?? 200),
  after: Object.entries(variables).find(([name]) => /after/i.test(name))?.[1] as string | null,
});

describe('the reader of catalogues', () => {
  it('rejects more records of all countries than it may keep, and reads those of one country after that', async () => {
    const { gateway } = gatewayOf({ DK: 6, BE: 6 });
    const read = createCatalogueReader(gateway, 10);
    await expect(read()).rejects.toMatchObject({ status: 503, code: 'TOO_MANY_RECORDS' });
    expect((await read('DK'))[0]?.records).toHaveLength(6);
    await expect(read('BE')).rejects.toMatchObject({ code: 'TOO_MANY_RECORDS' });
  });

  it('keeps what it has read, and its order, for a minute', async () => {
    const { gateway, count } = gatewayOf({ DK: 2, IT: 3 });
    const read = createCatalogueReader(gateway, 10);
    const merge = createMerger();
    const first = merge(await read());
    const operations = count();
    expect([merge(await read()) === first, first.length, count()]).toEqual([true, 5, operations]);
  });
});
