import { readProjectFile } from '../files.js';
import { organisationIdFormat, parseOrganisationId } from './organisation-id.js';

const vectors = JSON.parse(readProjectFile('schema/values/organisation-id.vectors.json')) as {
  readonly valid: readonly { readonly id: string; readonly country: string; readonly type: string }[];
  readonly invalid: readonly { readonly id: string; readonly because: string }[];
};

it.each(vectors.valid)('takes $id apart', ({ id, country, type }) => {
  expect(parseOrganisationId(id)).toEqual({ country, type });
});

it.each(vectors.invalid)('refuses $id, because $because', ({ id }) => {
  expect(parseOrganisationId(id)).toBeNull();
});

it('gives an example that is an id', () => {
  expect(parseOrganisationId(organisationIdFormat.split(' ').at(-1) ?? '')).not.toBeNull();
});
