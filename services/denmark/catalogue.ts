import { europeanSchemes, type NationalCatalogue } from '../catalogue/model/national-catalogue.js';
import { hasCvrCheckDigit } from './cvr.js';

/** What is Danish. */
export const denmark: NationalCatalogue = {
  code: 'DK',
  titles: [
    { language: 'da', text: 'Danmarks katalog over delte offentlige it-løsninger' },
    { language: 'en', text: 'Denmark’s catalogue of shared public IT solutions' },
  ],
  languages: ['da', 'en'],
  schemes: [
    {
      scheme: 'DK_KOMMUNE',
      title: 'Municipality code (kommunekode), four digits with leading zero',
      agency: null,
      pattern: '^[0-9]{4}$',
      letters: 'upper',
    },
    {
      scheme: 'DK_CVR',
      title: 'Number in the Central Business Register (CVR), eight digits, the last a check digit',
      agency: 'Erhvervsstyrelsen',
      pattern: '^[0-9]{8}$',
      letters: 'upper',
      checkDigits: hasCvrCheckDigit,
    },
    ...europeanSchemes('DK'),
  ],
  nationalColumns: [],
  administrationFields: { kommunekode: { code: 'DK_KOMMUNE' }, cvr: { code: 'DK_CVR' } },
  consortiumFields: { cvr: { code: 'DK_CVR' } },
};
