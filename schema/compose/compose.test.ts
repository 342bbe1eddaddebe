import { buildSchema } from 'graphql';

import { compose } from './compose.js';
import { harmlessHints, findLossyHints } from './hints.js';
import { CompositionError } from '../sdl/parse-sdl.js';
import { subgraphSources } from './subgraph-sources.js';
import { composeWithApollo, composeWithGuild } from './testing/composers.js';

const subgraphs = subgraphSources();

describe('the subgraphs of the contract', () => {
  const apollo = composeWithApollo(subgraphs);
  const guild = composeWithGuild(subgraphs);

  it('compose with both composers', () => {
    expect(apollo.errors).toEqual([]);
    expect(guild.errors).toEqual([]);
  });

  it('form the same graph for clients with both composers', () => {
    expect(apollo.api).toBe(guild.api);
    expect(Object.keys(buildSchema(guild.api).getQueryType()?.getFields() ?? {})).toEqual(
      expect.arrayContaining(['denmark', 'belgium', 'italy', 'catalogues', 'organisation']),
    );
  });

  it('lose nothing in composition', () => {
    expect(findLossyHints(apollo.hints)).toEqual([]);
  });

  it('differ only in the interfaces, of which Europe has nothing but the entity key', () => {
    expect(new Set(apollo.hints.map(({ code }) => code))).toEqual(new Set(['INCONSISTENT_INTERFACE_VALUE_TYPE_FIELD']));
    for (const { message } of apollo.hints)
      expect(message).toMatch(/but not in subgraph "europe"\.$|\.ref" is defined in subgraph "europe"/);
  });

  it('hide from clients what only federation uses', () => {
    expect(guild.api).not.toMatch(/\bref\b|inaccessible|join__|link__|_entities|_service/);
  });
});

it('every allowed hint has a reason', () => {
  for (const reason of Object.values(harmlessHints)) expect(reason).toMatch(/\.$/);
});

describe('subgraphs that do not fit together', () => {
  const withDanish = (change: (sdl: string) => string) =>
    subgraphs.map((subgraph) => (subgraph.name === 'denmark' ? { ...subgraph, sdl: change(subgraph.sdl) } : subgraph));
  const errorOf = (changed: typeof subgraphs): CompositionError => {
    try {
      compose(changed);
    } catch (error) {
      if (error instanceof CompositionError) return error;
      throw error;
    }
    throw new Error('The subgraphs were not rejected.');
  };

  it('are rejected by subgraph and coordinate if they contradict each other', () => {
    const { message, reasons } = errorOf(withDanish((sdl) => sdl.replaceAll('eligible: Int', 'eligible: String')));
    expect(reasons).toEqual([expect.stringMatching(/"Coverage\.eligible".*"String" in subgraph "denmark"/)]);
    expect(message).toBe(`The subgraphs do not compose:\n- ${reasons.join('\n- ')}`);
    expect(message).not.toMatch(/^\s+at /m);
  });

  it('are rejected with every reason', () => {
    const { reasons } = errorOf(
      withDanish((sdl) => sdl.replaceAll('eligible: Int', 'eligible: String').replaceAll('lau: String', 'lau: Int')),
    );
    expect(reasons.length).toBeGreaterThan(1);
    expect(reasons.join()).toMatch(/Coverage\.eligible/);
    expect(reasons.join()).toMatch(/Administration\.lau/);
  });

  it('are rejected by subgraph and line if one is not valid SDL', () => {
    const { message } = errorOf(withDanish((sdl) => `${sdl}\ntype {`));
    expect(message).toMatch(/^The subgraphs do not compose:\n- \[denmark\] Syntax Error: .* \(line \d+\)$/);
  });

  it('are rejected if one uses a type that it does not define', () => {
    const { reasons } = errorOf(withDanish((sdl) => sdl.replaceAll('openTo: Eligibility', 'openTo: Elegibility')));
    expect(reasons.join()).toMatch(/\[denmark\].*Elegibility/);
  });
});
