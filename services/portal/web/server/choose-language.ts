import Negotiator from 'negotiator';

import { type Language, languages } from '../model/languages.js';

/** Chooses the language of a reader by `Accept-Language`; English, if it names none of ours. */
export function chooseLanguage(acceptLanguage: string | undefined): Language {
  const accepted = new Negotiator({ headers: { 'accept-language': acceptLanguage ?? '' } }).languages([...languages]);
  return (accepted[0] as Language | undefined) ?? 'en';
}
