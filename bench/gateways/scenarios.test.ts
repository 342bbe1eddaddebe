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

it('there is one for each letter', () => {
  expect(scenarios.map(({ letter }) => letter)).toEqual(scenarioIds);
});

describe.each(scenarios)('($letter) $title', ({ query, requests, variables }) => {
  it('asks what there is', () => {
    const schema = apiSchema('the supergraph', readProjectFile('schema/supergraph.graphql'));
    expect(validate(schema, parse(query))).toEqual([]);
  });

  it('asks something else each time, or the same always', () => {
    const asked = new Set(Array.from({ length: requests }, (_, turn) => JSON.stringify(variables(turn))));
    expect(asked.size).toBe(requests);
    if (requests > 1) expect(requests).toBeGreaterThan(2 * connections);
  });
});

it('(a) asks every country equally often', () => {
  const [small] = scenarios;
  const asked = Array.from({ length: small?.requests ?? 0 }, (_, turn) => small?.variables(turn)['code']);
  const countries = codes.map((known) => asked.filter((code) => known.some((one) => one === code)).length);
  expect(countries).toEqual([100, 100, 100]);
});
