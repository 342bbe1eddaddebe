import { readProjectFile } from '../files.js';
import { organisationIdFormat, parseOrganisationId } from './organisation-id.js';

const vectors = JSON.parse(readProjectFile('schema/values/organisation-id.vectors.json')) as {
  readonly valid: readonly { readonly id: string; readonly country: string; readonly type: string }[];
  readonly invalid: readonly { readonly id: string; readonly because: string }[];
};

it.each(vectors.valid)('parseOrganisationId parses ', ({ id, country, type }) => {
  expect(parseOrganisationId(id)).toEqual({ country, type });
});

it.each(vectors.invalid)('parseOrganisationId returns null for , because ', ({ id }) => {
  expect(parseOrganisationId(id)).toBeNull();
});

it('organisationIdFormat ends with an example that is an id', () => {
  expect(parseOrganisationId(organisationIdFormat.split(' ').at(-1) ?? '')).not.toBeNull();
});
