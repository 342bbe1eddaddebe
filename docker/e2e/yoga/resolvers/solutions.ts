import { findBody, type Store } from '../store.js';
import { textIn } from '../texts.js';
import type { Adoption, CatalogueRecord, PortfolioEntry } from '../types.js';
import type { InLanguage } from './bodies.js';
import { latestFirst } from './consortium.js';

const solution = ({ solutionAddress }: { readonly solutionAddress: string }) => ({ address: solutionAddress });

export const recordResolvers = (store: Store) => ({
  ...neverSaid,
  country: () => 'DK',
  solution,
  localisedName: (record: CatalogueRecord, { language }: InLanguage) => described(record, 'localisedName', language),
  shortDescription: (record: CatalogueRecord, { language }: InLanguage) =>
    described(record, 'shortDescription', language),
  descriptions: ({ texts }: CatalogueRecord) => texts.map((text) => ({ ...text, features: [], awards: [] })),
  publisher: ({ publisherId }: CatalogueRecord) => publisherId && findBody(store, publisherId),
  claims: ({ solutionAddress }: CatalogueRecord) =>
    store
      .all('CLAIM')
      .filter((claim) => claim.solutionAddress === solutionAddress)
      .sort(latestFirst),
});

/** What this catalogue does not collect. Lists of it are empty; all else is null. */
const neverSaid = Object.fromEntries(
  ['aliases', 'isBasedOn', 'supports', 'contractors', 'fundedBy', 'availableLanguages', 'dependsOn', 'issues'].map(
    (field) => [field, () => []],
  ),
);

function described({ texts }: CatalogueRecord, field: 'localisedName' | 'shortDescription', language?: string | null) {
  const said = texts.flatMap((one) => {
    const text = one[field];
    return text === null ? [] : [{ language: one.language, text }];
  });
  return textIn(said, language);
}

export const portfolioResolvers = (store: Store) => ({
  consortium: ({ consortiumId }: PortfolioEntry) => store.find('CONSORTIUM', consortiumId),
  solution,
});

export const adoptionResolvers = (store: Store) => ({
  country: () => 'DK',
  administration: ({ administrationId }: Adoption) =>
    administrationId && store.find('ADMINISTRATION', administrationId),
  solution,
});
