import { useRecordIndex } from '../testing/record-index.js';

const recordIndex = useRecordIndex();
const { catchUp, record, deleteRecord } = recordIndex;

const x = 'github.com/a/x';
const y = 'github.com/a/y';
const dk = 'dk:consortium:os2';

describe('a field of a solution', () => {
  const fields = `{ solutions { nodes { address name licence categories shortDescription developmentStatus
    origins { field recordId country } } } }`;
  const readSolution = async (): Promise<Record<string, unknown>> => {
    await catchUp();
    const { solutions: found } = (await recordIndex.index.query(fields)) as {
      solutions: { nodes: Record<string, unknown>[] };
    };
    const [only] = found.nodes;
    const origins = only?.['origins'] as { field: string; recordId: string }[];
    return { ...only, origins: Object.fromEntries(origins.map(({ field, recordId }) => [field, recordId])) };
  };
  const description = (shortDescription: string | null): object => ({
    ...{ language: 'en', localisedName: null, shortDescription, longDescription: null, documentation: null },
    ...{ apiDocumentation: null, features: [], awards: [] },
  });

  it('is taken from the record that owns the address, then from the newest record that has a value', async () => {
    const own = { name: 'Own', licence: null, categories: [], descriptions: [description(null)] };
    const newer = { name: 'Newer', licence: 'MIT', categories: [], descriptions: [description('Newer')] };
    const older = {
      ...{ name: 'Older', licence: 'EUPL-1.2', categories: ['cms'], developmentStatus: 'STABLE' },
      descriptions: [description('Older')],
    };
    record('dk:record:own', x, { publisherId: dk, observedOn: '2015-01-01' }, own);
    record('be:record:newer', x, { publisherId: dk, observedOn: '2022-01-01' }, newer);
    record('it:record:older', x, { observedOn: '2021-01-01' }, older);
    expect(await readSolution()).toEqual({
      address: x,
      name: 'Own',
      licence: 'MIT',
      categories: ['cms'],
      shortDescription: 'Newer',
      developmentStatus: 'STABLE',
      origins: {
        kind: 'dk:record:own',
        name: 'dk:record:own',
        licence: 'be:record:newer',
        categories: 'it:record:older',
        shortDescription: 'be:record:newer',
        developmentStatus: 'it:record:older',
      },
    });
    deleteRecord('dk:record:own');
    expect(await readSolution()).toMatchObject({ name: 'Newer', origins: { name: 'be:record:newer' } });
    // Not even a day in the future lets a record displace the owning one.
    record('it:record:older', x, { observedOn: '9999-12-31', issued: '1970-01-01' }, older);
    expect(await readSolution()).toMatchObject({ name: 'Newer', licence: 'MIT', shortDescription: 'Newer' });
  });

  it('is taken from a record with a day in the future as from one of today', async () => {
    const today = new Date().toISOString().slice(0, 10);
    record('dk:record:own', x, { publisherId: dk });
    await catchUp();
    record('be:record:a', x, { observedOn: today }, { licence: 'MIT' });
    record('be:record:b', x, { observedOn: '9999-12-31' }, { licence: 'EUPL-1.2', developmentStatus: 'STABLE' });
    expect(await readSolution()).toMatchObject({ licence: 'MIT', developmentStatus: 'STABLE' });
  });

  it('is taken from the record at the current address before those at earlier addresses', async () => {
    record('dk:record:old', y, { publisherId: dk, observedOn: '2018-01-01' }, { name: 'Old', licence: 'MIT' });
    record('dk:record:now', x, { publisherId: dk, aliases: [y], observedOn: '2022-01-01' }, { name: 'Now' });
    expect(await readSolution()).toMatchObject({ address: x, name: 'Now', licence: 'MIT' });
  });
});
