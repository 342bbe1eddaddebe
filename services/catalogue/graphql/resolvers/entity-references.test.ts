import { plainCatalogue, startTestCatalogue, type TestCatalogue, writeTables } from '../../testing/test-catalogue.js';

const { folder, remove } = writeTables({
  'sources.csv': ['id,url', 's,https://example.org/'],
  'administrations.csv': [
    'id,kind,level,official_languages,name_da,source',
    'dk:administration:a,MUNICIPALITY,LOCAL,da,Aby,s',
  ],
  'identifiers.csv': ['organisation,scheme,notation', 'dk:administration:a,DK_TEST,A1'],
});
let catalogue: TestCatalogue;
beforeAll(async () => {
  catalogue = await startTestCatalogue(plainCatalogue, folder);
});
afterAll(async () => {
  await catalogue.close();
  remove();
});

it('an id and a code resolve to their organisation, which keeps the requested `ref`', async () => {
  const refs = ['dk:administration:a', 'DK_TEST:A1', 'DK_TEST:A2'];
  const { data, errors } = await catalogue.executeAsGateway(
    `query ($all: [_Any!]!) { _entities(representations: $all) { ... on DanishAdministration { ref name } } }`,
    { all: refs.map((ref) => ({ __typename: 'DanishAdministration', ref })) },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ _entities: [{ ref: refs[0], name: 'Aby' }, { ref: refs[1], name: 'Aby' }, null] });
});
