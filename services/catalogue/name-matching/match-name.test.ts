import type { AdministrationKind } from '../generated/resolver-types.js';
import { createNameMatcher } from './match-name.js';
import type { NameCandidate } from './name-candidate.js';

const bodies = (kind: AdministrationKind, ...names: (string | string[])[]): NameCandidate[] =>
  names.flat().map((name) => ({ id: `${kind} ${name}`, kind, names: name.split('|') }));

const candidates: NameCandidate[] = [
  ...bodies(
    'MUNICIPALITY',
    'Parma',
    'Modena',
    'La Spezia',
    "Reggio nell'Emilia",
    "Sant'Ilario d'Enza",
    'Ispra',
    'Paternò',
  ),
  ...bodies(
    'MUNICIPALITY',
    "Cava de' Tirreni",
    'Concordia sulla Secchia',
    'Prignano sulla Secchia',
    'Prignano Cilento',
  ),
  ...bodies('MUNICIPALITY', 'Frignano', 'Capaccio Paestum', 'Casalfiumanese', 'Duino Aurisina|Devin Nabrežina', 'Rolo'),
  ...bodies(
    'MUNICIPALITY',
    'København|Københavns Kommune',
    'Aarhus',
    'Vesthimmerlands',
    'Assens',
    'Liège|Luik|Lüttich',
  ),
  ...bodies('PROVINCE', 'Parma', 'Pisa', 'Roma'),
  ...bodies('REGION', 'Region Hovedstaden'),
  ...bodies('SOCIAL_WELFARE_CENTRE', 'CPAS de La Louvière'),
  ...bodies('OTHER', 'SKI|Staten og Kommunernes Indkøbsservice'),
  { id: 'Livo in Trentino', kind: 'MUNICIPALITY', names: ['Livo'], areas: ['TN', 'Trento'] },
  { id: 'Livo in Lombardy', kind: 'MUNICIPALITY', names: ['Livo'], areas: ['CO', 'Como'] },
];
const match = createNameMatcher(candidates);

it.each([
  ['the name', 'Comune di Parma', 'MUNICIPALITY Parma', 1],
  ['the kind', 'Provincia di Parma', 'PROVINCE Parma', 1],
  ['the name in another language', 'Stadt Lüttich', 'MUNICIPALITY Liège|Luik|Lüttich', 1],
  ['the other name of a bilingual body', 'Comune di Devin Nabrežina', 'MUNICIPALITY Duino Aurisina|Devin Nabrežina', 1],
  ['the name with another apostrophe', 'Comune di Cava de’ Tirreni', "MUNICIPALITY Cava de' Tirreni", 1],
  ['the name in capitals', "COMUNE DI CAVA DE' TIRRENI", "MUNICIPALITY Cava de' Tirreni", 1],
  ['the name without its accent', 'Comune di Paterno', 'MUNICIPALITY Paternò', 1],
  ['the genitive', 'Københavns Kommune', 'MUNICIPALITY København|Københavns Kommune', 1],
  ['the genitive that no list has', 'Lièges Kommune', 'MUNICIPALITY Liège|Luik|Lüttich', 0.95],
  ['an s that belongs to the name', 'Assens Kommune', 'MUNICIPALITY Assens', 1],
  ['å for aa', 'Århus Kommune', 'MUNICIPALITY Aarhus', 1],
  ['the region', 'Region Hovedstaden', 'REGION Region Hovedstaden', 1],
  ['a welfare centre', 'C.P.A.S. de La Louvière', null, null],
  ['a welfare centre by its usual name', 'CPAS La Louvière', 'SOCIAL_WELFARE_CENTRE CPAS de La Louvière', 1],
  ['words run together', "Comune di Santilario d'Enza", "MUNICIPALITY Sant'Ilario d'Enza", 0.95],
  ['a missing article', 'Comune della Spezia', 'MUNICIPALITY La Spezia', 0.9],
  ['a missing preposition', 'Comune di Reggio Emilia', "MUNICIPALITY Reggio nell'Emilia", 0.9],
  ['a typing error', 'Comune di Casalfiumanse', 'MUNICIPALITY Casalfiumanese', 0.8],
  ['a site of the body', 'Comune di Modena – siti tematici', 'MUNICIPALITY Modena', 0.95],
  ['the name alone', 'Modena', 'MUNICIPALITY Modena', 0.72],
  ['an acronym that is the body’s own', 'SKI', 'OTHER SKI|Staten og Kommunernes Indkøbsservice', 0.72],
  ['one of two by its province', 'Comune di Livo (TN)', 'Livo in Trentino', 1],
  ['one of two by its province’s name', 'Comune di Livo - Como', 'Livo in Lombardy', 1],
])('knows a body by %s', (_how, written, administrationId, confidence) => {
  expect(match(written)).toMatchObject({ administrationId, confidence });
});

it.each([
  ['a name that two bodies bear', 'Comune di Livo', ['Livo in Trentino', 'Livo in Lombardy']],
  ['a name that bodies of two kinds bear', 'Parma', ['MUNICIPALITY Parma', 'PROVINCE Parma']],
  ['the beginning of a name', 'Comune di Capaccio', ['MUNICIPALITY Capaccio Paestum']],
  [
    'a short form that is also a typing error',
    'Comune di Prignano',
    ['MUNICIPALITY Prignano sulla Secchia', 'MUNICIPALITY Prignano Cilento', 'MUNICIPALITY Frignano'],
  ],
  ['more than the name', 'Città metropolitana di Roma Capitale', ['PROVINCE Roma']],
  ['a typing error in a short name', 'Comune di Modema', ['MUNICIPALITY Modena']],
  ['an acronym that is also a town', 'ISPRA – Network Nazionale della Biodiversità', ['MUNICIPALITY Ispra']],
])('leaves %s open', (_what, written, ids) => {
  const { administrationId, candidates: open } = match(written);
  expect([administrationId, open.map((candidate) => candidate.administrationId)]).toEqual([null, ids]);
  expect(open.every(({ confidence }) => confidence > 0 && confidence < 0.7)).toBe(true);
});

it.each([
  ...[
    'Danish Municipalities',
    'Azienda Speciale per i Servizi Sociali del Comune di Parma',
    'Camera di Commercio di Parma',
  ],
  ...['ASUC di Alba (Comune di Rolo)', 'Regione Liguria', 'Gemeente Haarlem', 'Marco Polo', '', '–', 'Comune di', '('],
  ...['Comune di Rola', 'Parma Calcio', 'x'.repeat(100_000)],
])('finds nobody for %p', (written) => {
  expect(match(written)).toEqual({ administrationId: null, confidence: null, candidates: [] });
});

it('finds each body of a country by its name and kind, or leaves it open', () => {
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
