import { europeanSchemes, type NationalCatalogue } from '../catalogue/model/national-catalogue.js';
import { hasKboCheckDigits } from './kbo.js';

/** What is Belgian. */
export const belgium: NationalCatalogue = {
  code: 'BE',
  titles: [
    { language: 'nl', text: 'Belgische catalogus van gedeelde IT-oplossingen van de overheid' },
    { language: 'fr', text: 'Catalogue belge des solutions informatiques publiques partagées' },
    { language: 'de', text: 'Belgischer Katalog gemeinsam genutzter IT-Lösungen der Verwaltung' },
    { language: 'en', text: 'Belgium’s catalogue of shared public IT solutions' },
  ],
  languages: ['nl', 'fr', 'de', 'en'],
  schemes: [
    {
      scheme: 'BE_NIS',
      title: 'Code of the National Institute of Statistics (NIS/INS), five digits',
      agency: 'Statbel',
      pattern: '^[0-9]{5}$',
      letters: 'upper',
    },
    {
      scheme: 'BE_KBO',
      title: 'Number in the Crossroads Bank for Enterprises (KBO/BCE), ten digits, the last two check digits',
      agency: 'FPS Economy',
      pattern: '^[01][0-9]{9}$',
      letters: 'upper',
      checkDigits: hasKboCheckDigits,
    },
    ...europeanSchemes('BE'),
  ],
  nationalColumns: [],
  administrationFields: { nis: { code: 'BE_NIS' }, kbo: { code: 'BE_KBO' } },
  consortiumFields: { kbo: { code: 'BE_KBO' } },
};
