import { normalise } from '../../shared/normalise.js';

/** Words with which needs are introduced, in each language: they state that something is needed, and not what. */
const words: Readonly<Record<string, string>> = {
  da: 'vi søger ønsker behov mangler brug kommunen kommunens nyt ny nye fælles digital digitalt digitale elektronisk online it skal kunne gerne anskaffelse udbud indkøb håndtering administration styring',
  nl: 'wij zoeken gezocht nood nodig behoefte wensen willen gemeente gemeentelijk gemeentelijke stad nieuw nieuwe digitaal digitale elektronisch elektronische online aankoop beheer beheren tool platform',
  fr: 'nous cherchons recherche recherchons besoin souhaitons souhaite commune communal communale communaux communales ville nouveau nouvelle numérique électronique informatisée informatisé acquisition gestion gérer plateforme logiciel outil mise place',
  de: 'wir suchen gesucht benötigen brauchen bedarf wünschen gemeinde stadt stadtverwaltung neue neuer neues digital digitale digitales elektronisch elektronische online beschaffung verwaltung verwalten plattform software',
  it: 'cerchiamo cerca ricerca bisogno necessità necessita comune comunale comunali ente nuovo nuova digitale informatico informatica acquisizione affidamento fornitura gestione gestire piattaforma servizio servizi strumento',
  en: 'we need looking look seek want wish require municipality municipal city council new digital electronic online acquisition management manage managing platform service tool able should',
};

export const introductions: ReadonlySet<string> = new Set(normalise(Object.values(words).join(' ')).split(' '));
