import { europeanSchemes, type NationalCatalogue } from '../catalogue/model/national-catalogue.js';

/** What is Italian. */
export const italy: NationalCatalogue = {
  code: 'IT',
  titles: [
    { language: 'it', text: 'Catalogo italiano delle soluzioni informatiche pubbliche condivise' },
    { language: 'en', text: 'Italy’s catalogue of shared public IT solutions' },
  ],
  languages: ['it', 'de', 'fr', 'sl', 'en'],
  schemes: [
    {
      scheme: 'IT_ISTAT',
      title: 'ISTAT code, six digits for a comune, three for a unit of province level',
      agency: 'ISTAT',
      pattern: '^([0-9]{3}|[0-9]{6})$',
      letters: 'upper',
    },
    {
      scheme: 'IT_CADASTRAL',
      title: 'Cadastral (Belfiore) code of a comune, a letter and three digits',
      agency: 'Agenzia delle Entrate',
      pattern: '^[A-Z][0-9]{3}$',
      letters: 'upper',
    },
    {
      scheme: 'IT_IPA',
      title: 'Code in the index of public administrations (IPA)',
      agency: 'AgID',
      pattern: null,
      letters: 'lower',
    },
    ...europeanSchemes('IT'),
  ],
  codeOfUri: (uri) => {
    const [, notation] = /^urn:x-italian-pa:(.+)$/.exec(uri) ?? [];
    return notation === undefined ? null : { scheme: 'IT_IPA', notation: notation.toLowerCase() };
  },
  nationalColumns: ['sigla'],
  administrationFields: {
    istat: { code: 'IT_ISTAT' },
    cadastral: { code: 'IT_CADASTRAL' },
    ipa: { code: 'IT_IPA' },
    sigla: { column: 'sigla' },
  },
  consortiumFields: { ipa: { code: 'IT_IPA' } },
};
