import type { Subject } from '../feed/entry-schemas.js';
import { contents, type RawContent } from './feed-contents.js';

const provenance = {
  source: 'https://example.org/',
  retrievedAt: '2020-01-01T00:00:00Z',
  observedOn: '2020-01-01',
  assertedBy: 'a',
  method: 'IMPORTED',
  licence: 'MIT',
  note: 'a',
};
const during = { start: '2020-01-01', startPrecision: 'DAY', end: '2021-01-01', endPrecision: 'DAY', ended: true };
const organisation = {
  names: [{ text: 'a', language: 'da' }],
  alternativeNames: [{ text: 'a' }],
  existed: { start: '2020-01-01', end: '2021-01-01', ended: true },
  identifiers: [{ notation: '1' }],
};
const address = 'github.com/a/b';
/** Content of each subject in which every field has a value. */
export const completeContents: Readonly<Record<Subject, (id: string) => RawContent>> = {
  ADMINISTRATION: (id) => contents.administration(id, 'a', { ...organisation, nuts: 'DK0', population: { count: 5 } }),
  CONSORTIUM: (id) =>
    contents.consortium(id, 'a', {
      ...organisation,
      openTo: { kinds: ['MUNICIPALITY'], nuts: ['DK0'] },
      membersCompleteSince: '2020-01-01',
      completeMembers: { start: '2020-01-01', end: '2021-01-01', kinds: ['MUNICIPALITY'] },
      status: 'ACTIVE',
      provenance: { source: 'https://example.org/', observedOn: '2020-01-01' },
    }),
  MEMBERSHIP: (id) =>
    contents.membership(id, 'dk:consortium:a', 'dk:administration:a', {
      during,
      provenance: { source: 'https://example.org/', observedOn: '2020-01-01' },
    }),
  CLAIM: (id) =>
    contents.claim(id, address, {
      consortiumId: 'dk:consortium:a',
      relation: 'USERS',
      kind: 'MUNICIPALITY',
      count: 1,
      outOf: 2,
      share: 0.5,
      asOf: '2020-01-01',
      precision: 'DAY',
      publishedOn: '2020-01-01',
    }),
  RECORD: (id) =>
    contents.record(id, address, {
      aliases: ['github.com/a/c'],
      descriptions: [
        {
          language: 'da',
          localisedName: 'a',
          shortDescription: 'a',
          longDescription: 'a',
          documentation: 'https://a.example/',
          apiDocumentation: 'https://a.example/',
          features: ['a'],
          awards: ['a'],
        },
      ],
      url: 'https://a.example/',
      landingURL: 'https://a.example/',
      applicationSuite: 'a',
      partOf: 'github.com/a/d',
      isBasedOn: ['a'],
      softwareVersion: 'a',
      releaseDate: '2020-01-01',
      developmentStatus: 'STABLE',
      softwareType: 'LIBRARY',
      categories: ['a'],
      platforms: ['web'],
      supports: ['a'],
      licence: 'MIT',
      mainCopyrightOwner: 'a',
      maintenance: 'CONTRACT',
      maintainedUntil: '2020-01-01',
      contractors: [{ name: 'a', until: '2020-01-01', website: 'https://a.example/' }],
      fundedBy: [{ name: 'a', uri: 'https://a.example/' }],
      intendedAudience: { countries: ['DK'], unsupportedCountries: ['BE'], scope: ['a'] },
      localisationReady: true,
      availableLanguages: ['da'],
      dependsOn: [{ kind: 'OPEN', name: 'a', versionMin: '1', versionMax: '2', version: '1', optional: true }],
      roadmap: 'https://a.example/',
      publisherId: 'dk:consortium:a',
      publisherName: 'a',
      issues: [{ path: 'a', rule: 'a', severity: 'INFO', message: 'a', line: 1, column: 1, violatesStandard: false }],
      publiccodeFile: {
        text: 'a',
        valid: false,
        issues: [{ path: 'a', rule: 'a', severity: 'INFO', message: 'a', line: 1, column: 1, violatesStandard: false }],
      },
      validByStandard: true,
      codes: [{ scheme: 'DK_LIST', notation: '1' }],
      provenance,
    }),
  PORTFOLIO: (id) =>
    contents.portfolio(id, 'dk:consortium:a', address, { during, provenance: { observedOn: '2020-01-01' } }),
  ADOPTION: (id) =>
    contents.adoption(id, 'dk:administration:a', address, {
      group: 'a',
      during,
      version: 'a',
      rawName: 'a',
      matchConfidence: 0.5,
      provenance,
    }),
  CODE_LIST: (id) =>
    contents.codeList(id, 'DK_LIST', {
      version: '1',
      publisher: 'a',
      licence: 'MIT',
      url: 'https://a.example/',
      provenance,
    }),
  CODE: (id) => contents.code(id, 'DK_LIST:1.1', 'a', { broaderNotation: '1', provenance }),
  CODE_MAPPING: (id) => contents.codeMapping(id, 'DK_LIST:1.1', 'EXACT', 'TOPIC:library', { provenance }),
  NEED: (id) => contents.need(id, 'a', ['DK_LIST:1.1'], { legalBasis: 'a', url: 'https://a.example/', provenance }),
  NEED_HOLDER: (id) =>
    contents.needHolder(id, 'dk:need:a', 'dk:administration:a', {
      state: 'MET',
      during,
      amount: { amount: '10.5', currency: 'EUR' },
      metBy: [address],
      rawName: 'a',
      provenance,
    }),
  TERMS: (id) => {
    const fee = contents.fee(`${id.slice(0, 2)}:fee:a`, '203435.5', {
      memberKind: 'MUNICIPALITY',
      populationMin: 0,
      populationMax: 5,
      forMembers: true,
      during,
      provenance,
    });
    const texts = [{ language: 'da', text: 'a' }];
    return contents.terms(id, address, {
      consortiumId: `${id.slice(0, 2)}:consortium:a`,
      openToKinds: ['MUNICIPALITY'],
      openToNuts: ['DK0'],
      eligibility: texts,
      conditions: texts,
      support: texts,
      agreement: 'https://a.example/',
      exceptionGround: 'PUBLIC_TASK',
      exceptionReason: texts,
      fees: [fee],
      provenance,
    });
  },
  CONTRACT: (id) =>
    contents.contract(id, 'a', address, {
      supplierIdentifier: 'DK_CVR:1',
      clientId: 'dk:administration:a',
      during,
      url: 'https://a.example/',
      provenance,
    }),
};
export const subjects = Object.keys(completeContents) as Subject[];
