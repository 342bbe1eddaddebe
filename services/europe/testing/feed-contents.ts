/** The content of an entry before it is validated, with the names of the contract. */
export type RawContent = Readonly<Record<string, unknown>> & { readonly id: string };

const provenance = {
  source: null,
  retrievedAt: null,
  observedOn: '2020-01-01',
  assertedBy: null,
  method: 'IMPORTED',
  licence: null,
  note: null,
};
const countryOf = (id: string): string => id.slice(0, 2).toUpperCase();

const organisation = (id: string, name: string) => ({
  id,
  name,
  names: [{ text: name, language: 'en' }],
  alternativeNames: [],
  existed: { start: null, end: null, ended: null },
  identifiers: [],
});

/** The period of a statement, to the day. */
export const during = (start: string | null = null, end: string | null = null, ended: boolean | null = null) => ({
  during: { start, startPrecision: start && 'DAY', end, endPrecision: end && 'DAY', ended },
});

/** Minimal valid contents of each subject; tests add the fields that they are about. */
export const contents = {
  administration: (id: string, name: string, more: object = {}): RawContent => ({
    ...organisation(id, name),
    kind: 'MUNICIPALITY',
    level: 'LOCAL',
    nuts: null,
    population: null,
    ...more,
  }),
  consortium: (id: string, name: string, more: object = {}): RawContent => ({
    ...organisation(id, name),
    openTo: null,
    membersCompleteSince: null,
    status: null,
    provenance,
    ...more,
  }),
  membership: (id: string, consortiumId: string, memberId: string, more: object = {}): RawContent => ({
    id,
    consortiumId,
    memberId,
    role: 'MEMBER',
    ...during(),
    provenance,
    ...more,
  }),
  claim: (id: string, solutionAddress: string, more: object = {}): RawContent => ({
    id,
    consortiumId: null,
    solutionAddress,
    statement: 'Somebody uses it',
    relation: null,
    kind: null,
    count: null,
    outOf: null,
    share: null,
    asOf: null,
    precision: null,
    publishedOn: null,
    source: 'https://example.org/',
    ...more,
  }),
  record: (id: string, solutionAddress: string, more: object = {}): RawContent => ({
    id,
    country: countryOf(id),
    solutionAddress,
    aliases: [],
    issued: '2020-01-01T00:00:00.000Z',
    kind: 'SOFTWARE',
    name: solutionAddress.split('/').at(-1) ?? solutionAddress,
    descriptions: [],
    url: null,
    landingURL: null,
    applicationSuite: null,
    partOf: null,
    isBasedOn: [],
    softwareVersion: null,
    releaseDate: null,
    developmentStatus: null,
    softwareType: null,
    categories: [],
    platforms: [],
    supports: [],
    licence: null,
    mainCopyrightOwner: null,
    maintenance: null,
    maintainedUntil: null,
    contractors: [],
    fundedBy: [],
    intendedAudience: null,
    localisationReady: null,
    availableLanguages: [],
    dependsOn: [],
    roadmap: null,
    publisherId: null,
    publisherName: null,
    issues: [],
    publiccodeFile: null,
    validByStandard: null,
    codes: [],
    provenance,
    ...more,
  }),
  portfolio: (id: string, consortiumId: string, solutionAddress: string, more: object = {}): RawContent => ({
    id,
    consortiumId,
    solutionAddress,
    ...during(),
    provenance,
    ...more,
  }),
  adoption: (id: string, administrationId: string | null, solutionAddress: string, more: object = {}): RawContent => ({
    id,
    country: countryOf(id),
    administrationId,
    group: null,
    solutionAddress,
    status: 'IN_PRODUCTION',
    ...during(),
    version: null,
    rawName: null,
    matchConfidence: null,
    provenance,
    ...more,
  }),
  codeList: (id: string, scheme: string, more: object = {}): RawContent => ({
    id,
    scheme,
    titles: [{ language: 'en', text: scheme }],
    version: null,
    publisher: null,
    licence: null,
    url: null,
    provenance,
    ...more,
  }),
  /** @param code `DK_KLE:21` */
  code: (id: string, code: string, label: string, more: object = {}): RawContent => ({
    id,
    ...toCode(code),
    labels: [{ language: 'en', text: label }],
    broaderNotation: null,
    provenance,
    ...more,
  }),
  /** @param target another code, or a topic: `TOPIC:library` */
  codeMapping: (id: string, code: string, relation: string, target: string, more: object = {}): RawContent => ({
    id,
    ...toCode(code),
    relation,
    ...toTarget(target),
    provenance,
    ...more,
  }),
  need: (id: string, statement: string, codes: readonly string[], more: object = {}): RawContent => ({
    id,
    statements: [{ language: 'en', text: statement }],
    codes: codes.map(toCode),
    legalBasis: null,
    url: null,
    provenance,
    ...more,
  }),
  needHolder: (id: string, needId: string, holderId: string | null, more: object = {}): RawContent => ({
    id,
    needId,
    holderId,
    rule: null,
    state: 'STATED',
    ...during(),
    amount: null,
    metBy: [],
    rawName: null,
    provenance,
    ...more,
  }),
};

function toCode(code: string): { readonly scheme: string; readonly notation: string } {
  const [scheme = '', ...notation] = code.split(':');
  return { scheme, notation: notation.join(':') };
}

function toTarget(target: string): object {
  const { scheme, notation } = toCode(target);
  return scheme === 'TOPIC'
    ? { toScheme: null, toNotation: null, topic: notation }
    : { toScheme: scheme, toNotation: notation, topic: null };
}
