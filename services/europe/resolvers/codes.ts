import { connectionResolvers, resolvePage } from '../../kit/graphql/pagination.js';
import { InputError } from '../../kit/graphql/errors.js';
import { findText, type LocalisedText, parseLanguage } from '../../shared/languages.js';
import { parseSearch } from '../../shared/name-search.js';
import { type Concept, conceptKey, countByRelation, mergeMatches, topicScheme } from '../crosswalk/crosswalk.js';
import { relations } from '../crosswalk/relations.js';
import type { Context } from '../context.js';
import type { QueryResolvers, ResolversOf } from '../generated/resolver-types.js';
import { codeKey } from '../list-keys.js';
import type { StatedMatch } from '../need-rows.js';
import { termsByTopic } from '../search/topics.js';
import { catalogueStubs } from '../stubs.js';
import { findUnconsidered } from './unconsidered.js';

const maxMatches = 500;

/**
 * Rejects what is not a topic.
 *
 * @throws InputError INVALID_ARGUMENT.
 */
export function requireTopic(topic: string): Concept {
  if (termsByTopic.has(topic)) return { scheme: topicScheme, notation: topic };
  throw new InputError(
    'INVALID_ARGUMENT',
    `${JSON.stringify(topic.slice(0, 80))} is not a topic; topics are the categories of publiccode.yml and those of services/europe/search/topics.csv.`,
  );
}

/** @throws InputError INVALID_ARGUMENT for a topic that does not exist, or a text that no code can be. */
function toConcept({ scheme, notation }: Concept): Concept {
  if (scheme === topicScheme) return requireTopic(notation);
  for (const text of [scheme, notation])
    if (text.length > 100 || text.includes('\0'))
      throw new InputError('INVALID_ARGUMENT', 'A scheme and a notation have at most 100 characters, and no NUL.');
  return { scheme, notation };
}

/** What these codes and topics lead to: of each concept the best match, the strongest first. */
export const findMatchesOf = async (concepts: readonly Concept[], { loaders }: Context): Promise<StatedMatch[]> =>
  mergeMatches(await Promise.all(concepts.map((concept) => loaders.matches.load(toConcept(concept)))));

export const codeQueries: Required<Pick<QueryResolvers, 'codes' | 'crosswalk'>> = {
  codes: (_root, { search, scheme, countries, ...pageArguments }, { repositories }) => {
    if (countries) catalogueStubs(countries);
    const searched = parseSearch(search);
    const selection = { search: searched, scheme: scheme ?? null, countries: countries ?? null };
    return resolvePage(pageArguments, {
      scope: `codes ${searched?.words ?? ''}`,
      key: codeKey,
      find: (page) => repositories.codes.findPage(selection, page),
      count: () => repositories.codes.count(selection),
    });
  },
  crosswalk: async (_root, { from, to }, context) => {
    const found = await findMatchesOf([from], context);
    return { from, found: found.filter((match) => to == null || match.to.scheme === to) };
  },
};

export const crosswalkResolvers: ResolversOf<'Crosswalk'> = {
  matches: ({ found }) => found.slice(0, maxMatches),
  counts: ({ found }) => {
    const counts = countByRelation(found);
    return relations.flatMap((relation) => (counts[relation] > 0 ? [{ relation, count: counts[relation] }] : []));
  },
  notConsidered: (_crosswalk, _args, context) => findUnconsidered(context, { needs: true }),
};

export const crosswalkMatchResolvers: ResolversOf<'CrosswalkMatch'> = {
  scheme: ({ to }) => to.scheme,
  notation: ({ to }) => to.notation,
  code: ({ to }, _args, { loaders }) => (to.scheme === topicScheme ? null : loaders.code.load(conceptKey(to))),
};

export const crosswalkStepResolvers: ResolversOf<'CrosswalkStep'> = {
  fromScheme: ({ from }) => from.scheme,
  fromNotation: ({ from }) => from.notation,
  toScheme: ({ to }) => to.scheme,
  toNotation: ({ to }) => to.notation,
  origin: ({ mapping }) => mapping.origin,
  country: ({ mapping }) => mapping.country,
  provenance: ({ mapping }) => mapping.provenance,
};

export const codeReferenceResolvers: ResolversOf<'CodeReference'> = {
  code: (concept, _args, { loaders }) => loaders.code.load(conceptKey(concept)),
};

/** A text in the requested language, else in the first of the catalogue's languages that has one, else the first. */
export const chooseText = (
  texts: readonly LocalisedText[],
  language: string | null | undefined,
  catalogueLanguages: readonly string[],
): LocalisedText | null => findText(texts, [...parseLanguage(language), ...catalogueLanguages]) ?? texts[0] ?? null;

export const codeResolvers: ResolversOf<'Code'> = {
  label: ({ labels, notation, catalogueLanguages }, { language }) =>
    chooseText(labels, language, catalogueLanguages)?.text ?? notation,
  labelLanguage: ({ labels, catalogueLanguages }, { language }) =>
    chooseText(labels, language, catalogueLanguages)?.language ?? null,
  broader: ({ scheme, broaderNotation }, _args, { loaders }) =>
    broaderNotation === null ? null : loaders.code.load(conceptKey({ scheme, notation: broaderNotation })),
  codeList: ({ country, scheme }, _args, { loaders }) => loaders.codeList.load({ country, scheme }),
  mappings: async (code, _args, { loaders }) =>
    (await loaders.mappingsOfCode.load(conceptKey(code))).filter(({ country }) => country === code.country),
};

export const codeListResolvers: ResolversOf<'CodeList'> = {
  title: ({ titles, scheme, catalogueLanguages }, { language }) =>
    chooseText(titles, language, catalogueLanguages)?.text ?? scheme,
  titleLanguage: ({ titles, catalogueLanguages }, { language }) =>
    chooseText(titles, language, catalogueLanguages)?.language ?? null,
};

export const codeConnectionResolvers: ResolversOf<'CodeConnection'> = connectionResolvers;
