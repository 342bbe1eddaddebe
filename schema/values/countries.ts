/** A country of the graph. The list below is the only place that names them all. */
export interface Country {
  /** ISO 3166-1 alpha-2, upper case. Lower case, it begins every id: `dk:administration:0820`. */
  readonly code: string;
  /** The English name, for people. */
  readonly name: string;
  /** Its folder under `services/`, its subgraph's name and its field on Query. Upper case, it begins its environment variables. */
  readonly folder: string;
  /** Begins the names of its types: `DanishAdministration`. */
  readonly adjective: string;
  /** The port on which its catalogue listens unless `<FOLDER>_PORT` is set. */
  readonly port: number;
}

/** Every country of the graph. A new one is a line here and a folder under `services/`. */
export const countries: readonly Country[] = [
  { code: 'DK', name: 'Denmark', folder: 'denmark', adjective: 'Danish', port: 4001 },
  { code: 'BE', name: 'Belgium', folder: 'belgium', adjective: 'Belgian', port: 4002 },
  { code: 'IT', name: 'Italy', folder: 'italy', adjective: 'Italian', port: 4003 },
];

/** The country of an ISO code in any case, or undefined. */
export const countryByCode = (code: string): Country | undefined =>
  countries.find((country) => country.code === code.toUpperCase());

/** The subgraph that links the countries: no country, but a process with a folder and a port like theirs. */
export const europe = { name: 'Europe', folder: 'europe', port: 4010 } as const;
