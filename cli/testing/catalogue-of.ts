import { countries } from '../../schema/values/countries.js';
import type { NationalCatalogue } from '../../services/catalogue/model/national-catalogue.js';

/** The catalogue that a country's folder exports under the country's name. Undefined if the name is not a country. */
export async function catalogueOf(name: string): Promise<NationalCatalogue | undefined> {
  if (!countries.some(({ folder }) => folder === name)) return undefined;
  const module = (await import(`../../services/${name}/catalogue.js`)) as Record<string, NationalCatalogue>;
  return module[name];
}
