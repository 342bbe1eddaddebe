import type { Day, Provenance } from '../types.js';

const collectedAt = '2026-11-23T00:00:00Z';

/** Where each statement can be read. */
const sources = {
  fkg: {
    source: 'https://github.com/Frederikssund/groen-registrering/blob/2c3ea0b/SQL%20-%20Database/groenreg.sql',
    assertedBy: 'FKG, the list of responsible authorities',
  },
  bornholm: { source: 'https://de.wikipedia.org/wiki/Bornholms_Amt', assertedBy: 'Wikipedia', licence: 'CC-BY-SA-4.0' },
  dataCvr: { source: 'https://datacvr.virk.dk', assertedBy: 'DataCVR, Danish Business Authority' },
  eurostat: {
    source: 'https://ec.europa.eu/eurostat/web/nuts/local-administrative-units',
    assertedBy: 'Eurostat',
    licence: 'Reuse with attribution, © European Union',
  },
  ski: {
    source:
      'https://pdfslide.tips/documents/rsrapport-2018-ski-rsrapport-2018-staten-og-kommunernes-indkbsservice-as.html',
    assertedBy: 'SKI',
  },
  ism: {
    source: 'https://www.ism.dk/nyheder/2018/oktober/minister-vil-sikre-mere-aabenhed-i-kombit-as',
    assertedBy: 'Ministry of the Interior',
  },
  bylaws: {
    source: 'https://github.com/OS2offdig/about/blob/0aa05779109a237b0ea8e3ba74149c215db83170/BYLAWS.md',
    assertedBy: 'OS2',
  },
  board: { source: 'https://os2.eu/gruppe/os2bestyrelsen', assertedBy: 'OS2' },
  products: {
    source:
      'https://github.com/OS2offdig/about/blob/0aa05779109a237b0ea8e3ba74149c215db83170/dk-public-sector-ospo.yml',
    assertedBy: 'OS2',
  },
  leaving: {
    source:
      'https://www.os2.eu/blog/nyheder-2/os2datascanner-traeder-ud-af-os2-faellesskabet-og-bliver-til-osdatascanner-4383',
    assertedBy: 'OS2',
  },
  joinup2017: {
    source: 'https://joinup.ec.europa.eu/collection/sharing-and-reuse-it-solutions/news/growing-groups-administrat',
    assertedBy: 'Joinup, European Commission',
  },
  joinup2020: {
    source:
      'https://interoperable-europe.ec.europa.eu/collection/open-source-observatory-osor/news/authoritative-information',
    assertedBy: 'Joinup, European Commission',
  },
  fsfe: {
    source: 'https://lists.fsfe.org/pipermail/discussion/2020-January/013007.html',
    assertedBy: 'FSFE discussion list',
  },
  os2mo: {
    source: 'https://github.com/OS2mo/os2mo/blob/d0aa37189df5143899a80dbcee4f0bd388b8ca15/publiccode.yml',
    assertedBy: 'OS2mo',
    licence: 'MPL-2.0',
  },
  os2display: {
    source: 'https://github.com/os2display/display-api-service/tree/a12dbc4',
    assertedBy: 'OS2display',
    licence: 'MPL-2.0',
  },
  minutes: {
    source: 'https://github.com/os2display/os2display-produktforvaltning/tree/1197dd0',
    assertedBy: 'OS2display',
  },
} as const satisfies Record<string, { source: string; assertedBy: string; licence?: string }>;

export type Source = keyof typeof sources;

export const urlOf = (source: Source): string => sources[source].source;

/** Where a statement is from, and the day on which that showed it as a fact. */
export const from = (
  source: Source,
  observedOn: Day | null = null,
  note: string | null = null,
  method: Provenance['method'] = 'IMPORTED',
): Provenance => ({ licence: null, ...sources[source], retrievedAt: collectedAt, observedOn, method, note });
