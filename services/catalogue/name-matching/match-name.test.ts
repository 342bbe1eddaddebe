import type { AdministrationKind } from '../generated/resolver-types.js';
import { createNameMatcher } from './match-name.js';
import type { NameCandidate } from './name-candidate.js';

const organisations = (kind: AdministrationKind, ...names: (string | string[])[]): NameCandidate[] =>
  names.flat().map((name) => ({ id: `${kind} ${name}`, kind, names: name.split('|') }));

const candidates: NameCandidate[] = [
  ...organisations(
    'MUNICIPALITY',
    'Parma',
    'Modena',
    'La Spezia',
    "Reggio nell'Emilia",
    "Sant'Ilario d'Enza",
    'Ispra',
    'Paternò',
  ),
  ...organisations(
    'MUNICIPALITY',
    "Cava de' Tirreni",
    'Concordia sulla Secchia',
    'Prignano sulla Secchia',
    'Prignano Cilento',
  ),
  ...organisations(
    'MUNICIPALITY',
    'Frignano',
    'Capaccio Paestum',
    'Casalfiumanese',
    'Duino Aurisina|Devin Nabrežina',
    'Rolo',
  ),
  ...organisations(
    'MUNICIPALITY',
    'København|Københavns Kommune',
    'Aarhus',
    'Vesthimmerlands',
    'Assens',
    'Liège|Luik|Lüttich',
  ),
  ...organisations('PROVINCE', 'Parma', 'Pisa', 'Roma'),
  ...organisations('REGION', 'Region Hovedstaden'),
  ...organisations('SOCIAL_WELFARE_CENTRE', 'CPAS de La Louvière'),
  ...organisations('OTHER', 'SKI|Staten og Kommunernes Indkøbsservice'),
  { id: 'Livo in Trentino', kind: 'MUNICIPALITY', names: ['Livo'], areas: ['TN', 'Trento'] },
  { id: 'Livo in Lombardy', kind: 'MUNICIPALITY', names: ['Livo'], areas: ['CO', 'Como'] },
];
const match = createNameMatcher(candidates);

it.each([
  ['the name', 'Comune di Parma', 'MUNICIPALITY Parma', 1],
  ['the kind', 'Provincia di Parma', 'PROVINCE Parma', 1],
  ['the name in another language', 'Stadt Lüttich', 'MUNICIPALITY Liège|Luik|Lüttich', 1],
  [
    'the other name of a bilingual municipality',
    'Comune di Devin Nabrežina',
    'MUNICIPALITY Duino Aurisina|Devin Nabrežina',
    1,
  ],
  ['the name with another apostrophe', 'Comune di Cava de’ Tirreni', "MUNICIPALITY Cava de' Tirreni", 1],
  ['the name in capitals', "COMUNE DI CAVA DE' TIRRENI", "MUNICIPALITY Cava de' Tirreni", 1],
  ['the name without its accent', 'Comune di Paterno', 'MUNICIPALITY Paternò', 1],
  ['the genitive', 'Københavns Kommune', 'MUNICIPALITY København|Københavns Kommune', 1],
  ['the genitive that no list has', 'Lièges Kommune', 'MUNICIPALITY Liège|Luik|Lüttich', 0.95],
  ['an s that belongs to the name', 'Assens Kommune', 'MUNICIPALITY Assens', 1],
  ['å for aa', 'Århus Kommune', 'MUNICIPALITY Aarhus', 1],
  ['oe for ø', 'Koebenhavns Kommune', 'MUNICIPALITY København|Københavns Kommune', 1],
  ['a short form', 'Comune di S. Ilario d’Enza', "MUNICIPALITY Sant'Ilario d'Enza", 1],
  ['a name with a soft hyphen', 'Comune di Mo\u00addena', 'MUNICIPALITY Modena', 1],
  ['a name in full-width letters', 'Comune di Ｍｏｄｅｎａ', 'MUNICIPALITY Modena', 1],
  ['the region', 'Region Hovedstaden', 'REGION Region Hovedstaden', 1],
  ['a welfare centre', 'C.P.A.S. de La Louvière', null, null],
  ['a welfare centre by its usual name', 'CPAS La Louvière', 'SOCIAL_WELFARE_CENTRE CPAS de La Louvière', 1],
  ['words run together', "Comune di Santilario d'Enza", "MUNICIPALITY Sant'Ilario d'Enza", 0.95],
  ['a missing article', 'Comune della Spezia', 'MUNICIPALITY La Spezia', 0.9],
  ['a missing preposition', 'Comune di Reggio Emilia', "MUNICIPALITY Reggio nell'Emilia", 0.9],
  ['a misspelt name', 'Comune di Casalfiumanse', 'MUNICIPALITY Casalfiumanese', 0.8],
  ['a site of the organisation', 'Comune di Modena – siti tematici', 'MUNICIPALITY Modena', 0.95],
  ['the name alone', 'Modena', 'MUNICIPALITY Modena', 0.72],
  ['an acronym of the organisation itself', 'SKI', 'OTHER SKI|Staten og Kommunernes Indkøbsservice', 0.72],
  ['one of two by its province', 'Comune di Livo (TN)', 'Livo in Trentino', 1],
  ['one of two by its province’s name', 'Comune di Livo - Como', 'Livo in Lombardy', 1],
])('matches an organisation by %s', (_how, written, administrationId, confidence) => {
  expect(match(written)).toMatchObject({ administrationId, confidence });
});

it.each([
  ['a name that two organisations have', 'Comune di Livo', ['Livo in Trentino', 'Livo in Lombardy']],
  ['a name that organisations of two kinds have', 'Parma', ['MUNICIPALITY Parma', 'PROVINCE Parma']],
  ['the beginning of a name', 'Comune di Capaccio', ['MUNICIPALITY Capaccio Paestum']],
  [
    'a short form that may also be a misspelt name',
    'Comune di Prignano',
    ['MUNICIPALITY Prignano sulla Secchia', 'MUNICIPALITY Prignano Cilento', 'MUNICIPALITY Frignano'],
  ],
  ['more than the name', 'Città metropolitana di Roma Capitale', ['PROVINCE Roma']],
  ['a misspelt short name', 'Comune di Modema', ['MUNICIPALITY Modena']],
  ['an acronym that is also a town', 'ISPRA – Network Nazionale della Biodiversità', ['MUNICIPALITY Ispra']],
])('returns candidates only for %s', (_what, written, ids) => {
  const { administrationId, candidates: unmatched } = match(written);
  expect([administrationId, unmatched.map((candidate) => candidate.administrationId)]).toEqual([null, ids]);
  expect(unmatched.every(({ confidence }) => confidence > 0 && confidence < 0.7)).toBe(true);
});

it.each([
  ...[
    'Danish Municipalities',
    'Azienda Speciale per i Servizi Sociali del Comune di Parma',
    'Camera di Commercio di Parma',
  ],
  ...['ASUC di Alba (Comune di Rolo)', 'Regione Liguria', 'Gemeente Haarlem', 'Marco Polo', '', '–', 'Comune di', '('],
  ...['Comune di Rola', 'Parma Calcio', 'x'.repeat(100_000)],
])('finds no candidate for %p', (written) => {
  expect(match(written)).toEqual({ administrationId: null, confidence: null, candidates: [] });
});

it('matches each organisation by its own name and kind, unless the name is ambiguous', () => {
  const words = { MUNICIPALITY: 'Comune di ', PROVINCE: 'Provincia di ' } as const;
  const found = candidates.flatMap(({ id, kind, names }) =>
    kind === 'MUNICIPALITY' || kind === 'PROVINCE'
      ? [[id, match(words[kind] + String(names[0])).administrationId]]
      : [],
  );
  expect(found.filter(([id, matched]) => matched !== null && matched !== id)).toEqual([]);
  expect(found.filter(([, matched]) => matched === null).map(([id]) => id)).toEqual([
    'Livo in Trentino',
    'Livo in Lombardy',
  ]);
});
