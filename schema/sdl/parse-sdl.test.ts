import { CompositionError, parseSdl } from './parse-sdl.js';

it('parseSdl parses SDL', () => {
  expect(parseSdl('denmark', 'type Query { a: Int }').definitions).toHaveLength(1);
});

it('parseSdl names source and line of invalid SDL', () => {
  const parse = () => parseSdl('services/denmark/national.graphql', 'type Query {\n  a: Int\n  b c\n}');
  expect(parse).toThrow(CompositionError);
  expect(parse).toThrow(
    /^The subgraphs do not compose:\n- \[services\/denmark\/national\.graphql\] Syntax Error: .* \(line 3\)$/,
  );
});
