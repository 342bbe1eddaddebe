import { CompositionError, parseSdl } from './parse-sdl.js';

it('reads SDL', () => {
  expect(parseSdl('denmark', 'type Query { a: Int }').definitions).toHaveLength(1);
});

it('refuses what is no SDL, by source and line', () => {
  const refused = () => parseSdl('services/denmark/national.graphql', 'type Query {\n  a: Int\n  b c\n}');
  expect(refused).toThrow(CompositionError);
  expect(refused).toThrow(
    /^The subgraphs do not compose:\n- \[services\/denmark\/national\.graphql\] Syntax Error: .* \(line 3\)$/,
  );
});
