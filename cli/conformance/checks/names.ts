import { at, type Check, type Finding, listAt, findUnless, findUnlessRejected } from '../subject.js';

export const nameChecks: readonly Check[] = [
  {
    name: 'names: a name in a language is the one that `names` has in it, and a language without one falls back',
    why: 'An organisation has its own name unless the client requests another language.',
    run: async ({ queryCatalogue }) => {
      const listed = await queryCatalogue('administrations(first: 5) { nodes { id name names { language text } } }');
      const organisations = listAt(listed.data, 'catalogue', 'administrations', 'nodes');
      const findings: Finding[] = [];
      for (const organisation of organisations) {
        const names = listAt(organisation, 'names');
        const texts = names.map((name) => at(name, 'text'));
        findings.push(
          ...findUnless(
            texts.includes(at(organisation, 'name')),
            listed,
            'a default name that is one of `names`',
            organisation,
          ),
        );
        for (const language of new Set(names.map((name) => at(name, 'language')))) {
          const result = await queryCatalogue(
            'organisation(id: $id) { name(language: $language) other: name(language: "tlh") }',
            { id: at(organisation, 'id'), language },
            '($id: ID!, $language: String)',
          );
          const first = names.find((name) => at(name, 'language') === language);
          findings.push(
            ...findUnless(
              at(result.data, 'catalogue', 'organisation', 'name') === at(first, 'text'),
              result,
              JSON.stringify(at(first, 'text')),
            ),
            ...findUnless(
              at(result.data, 'catalogue', 'organisation', 'other') === at(organisation, 'name'),
              result,
              `${JSON.stringify(at(organisation, 'name'))} for a language without a name`,
            ),
          );
        }
      }
      return organisations.length === 0 ? null : findings;
    },
  },
  {
    name: 'names: a malformed language is rejected',
    why: 'A client that misspells a language must not mistake the result for that language.',
    run: async ({ queryCatalogue }) =>
      findUnlessRejected(await queryCatalogue('title(language: "no language")'), 'INVALID_LANGUAGE'),
  },
];
