import type { Administration, Consortium, Period } from '../types.js';
import { always, since, until } from './periods.js';
import { from } from './sources.js';

const danish = (text: string) => ({ language: 'da', text });

/** A code that a body has held as long as it has existed. */
const held = (scheme: string, notation: string) => ({ scheme, notation, during: always });

const body = {
  type: 'ADMINISTRATION',
  officialLanguages: ['da'],
  alternativeNames: [],
  codes: [],
  homepage: null,
  existed: always,
  kindDetails: [],
  nuts: null,
  lau: null,
  populations: [],
  predecessorIds: [],
} as const;

const idOf = (local: string) => ({ ref: `dk:administration:${local}`, id: `dk:administration:${local}` });

/** A municipality of today, with its inhabitants on the first day of 2019. */
function municipality(
  kommunekode: string,
  [name, ...others]: readonly string[],
  nuts: string,
  cvr: string,
  count: number,
) {
  const lau = String(Number(kommunekode));
  return {
    ...body,
    ...idOf(kommunekode),
    kind: 'MUNICIPALITY',
    level: 'LOCAL',
    names: [danish(name ?? kommunekode)],
    alternativeNames: others.map(danish),
    codes: [held('DK_CVR', cvr), held('DK_KOMMUNE', kommunekode), held('EU_LAU', `DK_${lau}`)],
    nuts,
    lau,
    populations: [{ count, on: '2019-01-01', provenance: from('eurostat') }],
    provenance: from('fkg'),
  } as const satisfies Administration;
}

const merger = 'The county and the five municipalities of the island became one municipality on 1 January 2003.';

const onBornholm: Period = until('2003-01-01', since('1970-01-01', 'YEAR'));

const formerMunicipalities = (
  [
    ['0401', 'Allinge-Gudhjem'],
    ['0403', 'Hasle'],
    ['0405', 'Nexø'],
    ['0407', 'Rønne'],
    ['0409', 'Aakirkeby'],
  ] as const
).map(([kommunekode, name]): Administration => ({
  ...body,
  ...idOf(kommunekode),
  kind: 'MUNICIPALITY',
  level: 'LOCAL',
  names: [danish(name)],
  codes: [{ scheme: 'DK_KOMMUNE', notation: kommunekode, during: onBornholm }],
  nuts: 'DK014',
  existed: onBornholm,
  provenance: from('bornholm', null, merger),
}));

const region = (cvr: string, name: string, nuts: string): Administration => ({
  ...body,
  ...idOf(cvr),
  kind: 'REGION',
  level: 'REGIONAL',
  names: [danish(name)],
  codes: [held('DK_CVR', cvr), held('EU_NUTS', nuts)],
  nuts,
  existed: since('2007-01-01'),
  provenance: from('dataCvr', null, 'The five regions were created on 1 January 2007, in place of the counties.'),
});

const ofOther = { ...body, kind: 'OTHER', level: 'OTHER' } as const;

export const administrations: readonly Administration[] = [
  municipality('0101', ['København', 'Københavns Kommune'], 'DK011', '64942212', 623404),
  municipality('0151', ['Ballerup', 'Ballerup Kommune'], 'DK012', '58271713', 48458),
  {
    ...municipality('0400', ['Bornholm', 'Bornholms Regionskommune'], 'DK014', '26696348', 39572),
    existed: since('2003-01-01'),
    predecessorIds: formerMunicipalities.map(({ id }) => id),
    provenance: from('bornholm', null, merger),
  },
  municipality('0540', ['Sønderborg', 'Sønderborg Kommune'], 'DK032', '29189773', 74561),
  municipality('0751', ['Aarhus', 'Aarhus Kommune', 'Århus'], 'DK042', '55133018', 345332),
  municipality('0820', ['Vesthimmerlands', 'Vesthimmerlands Kommune'], 'DK050', '29189471', 37121),
  ...formerMunicipalities,
  region('29190623', 'Region Hovedstaden', 'DK01'),
  region('29190658', 'Region Sjælland', 'DK02'),
  region('29190909', 'Region Syddanmark', 'DK03'),
  region('29190925', 'Region Midtjylland', 'DK04'),
  region('29190941', 'Region Nordjylland', 'DK05'),
  {
    ...ofOther,
    ...idOf('ski'),
    kindDetails: [
      danish('Fælles indkøbsorganisation for stat og kommuner'),
      { language: 'en', text: 'Joint purchasing body of the state and the municipalities' },
    ],
    names: [danish('SKI')],
    alternativeNames: [danish('Staten og Kommunernes Indkøbsservice')],
    codes: [held('DK_CVR', '17472437')],
    homepage: 'https://www.ski.dk',
    provenance: from('ski'),
  },
  {
    ...ofOther,
    ...idOf('kombit'),
    kindDetails: [
      danish('Kommunernes it-fællesskab'),
      { language: 'en', text: "The municipalities' joint IT company" },
    ],
    names: [danish('KOMBIT')],
    alternativeNames: [danish('KOMBIT A/S')],
    provenance: from('ism'),
  },
];

export const os2: Consortium = {
  type: 'CONSORTIUM',
  ref: 'dk:consortium:41849983',
  id: 'dk:consortium:41849983',
  officialLanguages: ['da'],
  names: [danish('OS2 – Offentligt Digitaliseringsfællesskab')],
  alternativeNames: [danish('OS2'), danish('OS2-fællesskabet')],
  codes: [held('DK_CVR', '41849983')],
  homepage: 'https://www.os2.eu',
  existed: since('2012-04-24'),
  provenance: from('bylaws', '2026-03-17'),
  kind: 'ASSOCIATION',
  legalForm: 'Forening',
  openTo: {
    kinds: ['MUNICIPALITY', 'REGION', 'STATE_BODY'],
    nuts: ['DK'],
    descriptions: [
      danish(
        'Alle offentlige myndigheder, der deler fællesskabets formål: kommuner, regioner og statslige institutioner.',
      ),
      {
        language: 'en',
        text: 'All public authorities that share its purpose: municipalities, regions and state institutions.',
      },
    ],
  },
  membersCompleteSince: null,
};
