import { parse, validate } from 'graphql';

import { apiSchema } from '../../schema/sdl/api-schema.js';
import { readProjectFile } from '../../schema/files.js';
import { scenarioIds } from '../arguments.js';
import { connections } from './candidates.js';
import { createScenarios } from './scenarios.js';

const codes = ['DK', 'BE', 'IT'].map((scheme, country) =>
  Array.from({ length: 90 + 100 * country }, (_, notation) => ({ scheme, notation: String(notation) })),
);
const scenarios = createScenarios(codes);

it('there is a scenario for each id', () => {
  expect(scenarios.map(({ id }) => id)).toEqual(scenarioIds);
});

describe.each(scenarios)('the scenario ($id) $title', ({ query, requests, variables }) => {
  it('has a query that is valid for the supergraph', () => {
    const schema = apiSchema('the supergraph', readProjectFile('schema/supergraph.graphql'));
    expect(validate(schema, parse(query))).toEqual([]);
  });

  it('has different variables for each request, and one request or far more than are concurrent', () => {
    const sent = new Set(Array.from({ length: requests }, (_, turn) => JSON.stringify(variables(turn))));
    expect(sent.size).toBe(requests);
    if (requests > 1) expect(requests).toBeGreaterThan(2 * connections);
  });
});

it('the scenario (a) has equally many codes of every country', () => {
  const [small] = scenarios;
  const sent = Array.from({ length: small?.requests ?? 0 }, (_, turn) => small?.variables(turn)['code']);
  const countries = codes.map((known) => sent.filter((code) => known.some((one) => one === code)).length);
  expect(countries).toEqual([100, 100, 100]);
});
