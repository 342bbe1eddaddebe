/** The countries of the Union: code, approximate number of municipalities, languages of the catalogue. */
const union = [
  ['AT', 2093, 'de'],
  ['BE', 581, 'nl', 'fr'],
  ['BG', 265, 'bg'],
  ['CY', 400, 'el'],
  ['CZ', 6258, 'cs'],
  ['DE', 10_775, 'de'],
  ['DK', 98, 'da'],
  ['EE', 79, 'et'],
  ['ES', 8131, 'es'],
  ['FI', 309, 'fi', 'sv'],
  ['FR', 34_935, 'fr'],
  ['GR', 332, 'el'],
  ['HR', 556, 'hr'],
  ['HU', 3155, 'hu'],
  ['IE', 31, 'en'],
  ['IT', 7896, 'it'],
  ['LT', 60, 'lt'],
  ['LU', 100, 'fr', 'de'],
  ['LV', 43, 'lv'],
  ['MT', 68, 'en'],
  ['NL', 342, 'nl'],
  ['PL', 2477, 'pl'],
  ['PT', 308, 'pt'],
  ['RO', 3181, 'ro'],
  ['SE', 290, 'sv'],
  ['SI', 212, 'sl'],
  ['SK', 2927, 'sk'],
] as const satisfies readonly (readonly [string, number, string, ...string[]])[];

/** The entries of a feed, in its order: organisations, what they share, and who uses it. */
export const kinds = ['administration', 'consortium', 'membership', 'record', 'portfolio', 'adoption'] as const;
export type Kind = (typeof kinds)[number];

/** The number of entries of all countries together. */
const totals: Readonly<Record<Kind, number>> = {
  administration: 100_000,
  consortium: 500,
  membership: 20_000,
  record: 200_000,
  portfolio: 20_000,
  adoption: 2_000_000,
};

/** Large countries have more of everything, but not as much more as they have municipalities: France has one in three. */
const flatness: Readonly<Record<Kind, number>> = {
  administration: 1,
  consortium: 0.5,
  membership: 0.7,
  record: 0.5,
  portfolio: 0.5,
  adoption: 0.7,
};

/** A country of the Union with made-up content. */
export interface MadeUpCountry {
  readonly code: string;
  readonly index: number;
  readonly languages: readonly [string, ...string[]];
  readonly sizes: Readonly<Record<Kind, number>>;
  /** The number of solutions of the countries before it: the numbers that follow are those that are published here. */
  readonly firstSolution: number;
}

/** Makes up twenty-seven countries with a share of everything. */
export function makeUpCountries(share: number): readonly MadeUpCountry[] {
  const sizeOf = (kind: Kind, municipalities: number): number => {
    const sum = union.reduce((total, [, count]) => total + count ** flatness[kind], 0);
    return Math.max(2, Math.round((totals[kind] * share * municipalities ** flatness[kind]) / sum));
  };
  let solutions = 0;
  return union.map(([code, municipalities, ...languages], index) => {
    const sizes = Object.fromEntries(kinds.map((kind) => [kind, sizeOf(kind, municipalities)])) as Record<Kind, number>;
    const firstSolution = solutions;
    solutions += sizes.record;
    return { code, index, languages, sizes, firstSolution };
  });
}

export const totalSize = (countries: readonly MadeUpCountry[], kind: Kind): number =>
  countries.reduce((sum, { sizes }) => sum + sizes[kind], 0);

/** The kind of the nth entry of a country's feed, and its number among the entries of that kind. What is added later are adoptions. */
export function entryAt({ sizes }: MadeUpCountry, index: number): { readonly kind: Kind; readonly number: number } {
  let number = index;
  for (const kind of kinds) {
    if (number < sizes[kind]) return { kind, number };
    number -= sizes[kind];
  }
  return { kind: 'adoption', number: number + sizes.adoption };
}

export const feedLength = ({ sizes }: MadeUpCountry): number => kinds.reduce((sum, kind) => sum + sizes[kind], 0);
