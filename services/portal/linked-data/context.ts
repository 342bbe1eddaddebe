/** The JSON-LD context of all documents. It is in each document, so that nothing has to be loaded to read one. */
export const context = {
  adms: 'http://www.w3.org/ns/adms#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  // The vocabularies of the Commission: CPOV and CCCEV.
  m8g: 'http://data.europa.eu/m8g/',
  org: 'http://www.w3.org/ns/org#',
  prov: 'http://www.w3.org/ns/prov#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  time: 'http://www.w3.org/2006/time#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

/** A node of JSON-LD. */
export type LinkedNode = { readonly '@id': string; readonly '@type'?: string | readonly string[] } & Readonly<
  Record<string, unknown>
>;

/** Where addresses begin: of the portal, without a slash at the end. */
export type Base = string;

/** The address of an object of the graph. Ids contain `:` and `/`, which need no encoding in a path. */
export const addressOf = (base: Base, id: string): string =>
  `${base}/id/${encodeURI(id).replaceAll('?', '%3F').replaceAll('#', '%23')}`;

/** The address of a part of a node, in the same document. The node may be a part itself. */
export const partOf = (address: string, name: string): string =>
  `${address}${address.includes('#') ? '-' : '#'}${name}`;

/** A reference to another node. */
export const reference = (id: string) => ({ '@id': id });

interface LocalisedText {
  readonly language: string | null;
  readonly text: string;
}

/** An area by its NUTS code, as the vocabulary of the Publications Office names it. */
export const areaOf = (nuts: string): LinkedNode => ({
  '@id': `http://data.europa.eu/nuts/code/${nuts}`,
  '@type': 'dct:Location',
});

/** A text with its language, if that is known. */
export const literal = ({ language, text }: LocalisedText) =>
  language === null ? { '@value': text } : { '@value': text, '@language': language };

export const date = (value: string) => ({ '@value': value, '@type': 'xsd:date' });
export const dateTime = (value: string) => ({ '@value': value, '@type': 'xsd:dateTime' });

/** Leaves out what is not known. */
export const known = (properties: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(properties).filter(
      ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );

/** A value that may be unknown. */
export const optional = <Value, Result>(
  value: Value | null | undefined,
  map: (value: Value) => Result,
): Result | undefined => (value === null || value === undefined ? undefined : map(value));

/** The source of a statement, as the graph names it. */
export interface Source {
  readonly source: string | null;
  readonly observedOn: string | null;
  readonly retrievedAt: string | null;
}

/** Where a statement comes from: PROV. */
export const sourceOf = ({ source, retrievedAt }: Source): Record<string, unknown> =>
  known({
    'prov:hadPrimarySource': optional(source, reference),
    'prov:generatedAtTime': optional(retrievedAt, dateTime),
  });
