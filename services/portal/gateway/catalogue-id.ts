/** The id in the graph of a country's catalogue, by the country's code in any case. */
export const catalogueIdOf = (country: string): string => `${country.toLowerCase()}:catalogue`;
