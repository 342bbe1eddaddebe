import { at, type Check, type Finding, listAt, findUnless, findUnlessRejected } from '../subject.js';

export const nameChecks: readonly Check[] = [
  {
    name: 'names: a name in a language is the one that `names` has in it, and a language without one falls back',
    why: 'An organisation has its own name unless the client requests another language.',
    run: async ({ queryCatalogue: askCatalogue }) => {
      const listed = await askCatalogue('administrations(first: 5) { nodes { id name names { language text } } }');
      const bodies = listAt(listed.data, 'catalogue', 'administrations', 'nodes');
      const findings: Finding[] = [];
      for (const body of bodies) {
        const names = listAt(body, 'names');
        const texts = names.map((name) => at(name, 'text'));
        findings.push(
          ...findUnless(texts.includes(at(body, 'name')), listed, 'a default name that stands in `names`', body),
        );
        for (const language of new Set(names.map((name) => at(name, 'language')))) {
          const answer = await askCatalogue(
            'organisation(id: $id) { name(language: $language) other: name(language: "tlh") }',
            { id: at(body, 'id'), language },
            '($id: ID!, $language: String)',
          );
          const first = names.find((name) => at(name, 'language') === language);
          findings.push(
            ...findUnless(
              at(answer.data, 'catalogue', 'organisation', 'name') === at(first, 'text'),
              answer,
              JSON.stringify(at(first, 'text')),
            ),
            ...findUnless(
              at(answer.data, 'catalogue', 'organisation', 'other') === at(body, 'name'),
              answer,
              `${JSON.stringify(at(body, 'name'))} for a language without a name`,
            ),
          );
        }
      }
      return bodies.length === 0 ? null : findings;
    },
  },
  {
    name: 'names: a malformed language is rejected',
    why: 'A client that misspells a language must not mistake the result for that language.',
    run: async ({ queryCatalogue: askCatalogue }) =>
      findUnlessRejected(await askCatalogue('title(language: "no language")'), 'INVALID_LANGUAGE'),
  },
];
