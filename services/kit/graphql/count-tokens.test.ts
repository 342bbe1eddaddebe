import { Source } from 'graphql';

import { countTokens } from './count-tokens.js';

it.each([
  ['', 0],
  ['{ a(b: "c", d: -1.5) @e { ...F } } # g', 17],
  ['{ a "b', 2],
])('counts the tokens of %j', (text, found) => {
  expect(countTokens(new Source(text))).toBe(found);
});
