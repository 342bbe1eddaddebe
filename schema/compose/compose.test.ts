import { buildSchema } from 'graphql';

import { compose } from './compose.js';
import { harmlessHints, findLossyHints } from './hints.js';
import { CompositionError } from '../sdl/parse-sdl.js';
import { subgraphSources } from './subgraph-sources.js';
import { composeWithApollo, composeWithGuild } from './testing.js';

const subgraphs = subgraphSources();

describe('the subgraphs of the contract', () => {
  const apollo = composeWithApollo(subgraphs);
  const guild = composeWithGuild(subgraphs);

  it('compose with both composers', () => {
    expect(apollo.errors).toEqual([]);
    expect(guild.errors).toEqual([]);
  });

  it('make the same graph for clients with both composers', () => {
    expect(apollo.api).toBe(guild.api);
    expect(Object.keys(buildSchema(guild.api).getQueryType()?.getFields() ?? {})).toEqual(
      expect.arrayContaining(['denmark', 'belgium', 'italy', 'catalogues', 'organisation']),
    );
  });

  it('lose nothing in composition', () => {
    expect(findLossyHints(apollo.hints)).toEqual([]);
  });

  it('differ in nothing but the interfaces, of which Europe knows only how to find a body', () => {
    expect(new Set(apollo.hints.map(({ code }) => code))).toEqual(new Set(['INCONSISTENT_INTERFACE_VALUE_TYPE_FIELD']));
    for (const { message } of apollo.hints)
      expect(message).toMatch(/but not in subgraph "europe"\.$|\.ref" is defined in subgraph "europe"/);
  });

  it('hide from clients what is between Europe and the countries', () => {
    expect(guild.api).not.toMatch(/\bref\b|inaccessible|join__|link__|_entities|_service/);
  });
});

it('has a reason for every hint that it allows', () => {
  for (const reason of Object.values(harmlessHints)) expect(reason).toMatch(/\.$/);
});

describe('subgraphs that do not fit together', () => {
  const withDanish = (change: (sdl: string) => string) =>
    subgraphs.map((subgraph) => (subgraph.name === 'denmark' ? { ...subgraph, sdl: change(subgraph.sdl) } : subgraph));
  const refusal = (changed: typeof subgraphs): CompositionError => {
    try {
      compose(changed);
    } catch (error) {
      if (error instanceof CompositionError) return error;
      throw error;
    }
    throw new Error('It was not refused.');
  };

  it('are refused when they contradict each other, by subgraph and coordinate', () => {
    const { message, reasons } = refusal(withDanish((sdl) => sdl.replaceAll('eligible: Int', 'eligible: String')));
    expect(reasons).toEqual([expect.stringMatching(/"Coverage\.eligible".*"String" in subgraph "denmark"/)]);
    expect(message).toBe(`The subgraphs do not compose:\n- ${reasons.join('\n- ')}`);
    expect(message).not.toMatch(/^\s+at /m);
  });

  it('are refused with every reason', () => {
    const { reasons } = refusal(
      withDanish((sdl) => sdl.replaceAll('eligible: Int', 'eligible: String').replaceAll('lau: String', 'lau: Int')),
    );
    expect(reasons.length).toBeGreaterThan(1);
    expect(reasons.join()).toMatch(/Coverage\.eligible/);
    expect(reasons.join()).toMatch(/Administration\.lau/);
  });

  it('are refused when one is no SDL, by subgraph and line', () => {
    const { message } = refusal(withDanish((sdl) => `${sdl}\ntype {`));
    expect(message).toMatch(/^The subgraphs do not compose:\n- \[denmark\] Syntax Error: .* \(line \d+\)$/);
  });

  it('are refused when one speaks of a type that it does not have', () => {
    const { reasons } = refusal(withDanish((sdl) => sdl.replaceAll('openTo: Eligibility', 'openTo: Elegibility')));
    expect(reasons.join()).toMatch(/\[denmark\].*Elegibility/);
  });
});
