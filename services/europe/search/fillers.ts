import { normalise } from '../../kit/normalise.js';

const meaningSoftware: Readonly<Record<string, string>> = {
  da: 'software system systemer systemet løsning løsninger løsningen værktøj værktøjer',
  nl: 'software systeem systemen oplossing oplossingen toepassing toepassingen hulpmiddel',
  fr: 'logiciel logiciels système systèmes solution solutions application applications outil outils',
  de: 'Software System Systeme Lösung Lösungen Anwendung Anwendungen Werkzeug Werkzeuge',
  it: 'software sistema sistemi soluzione soluzioni applicazione applicazioni strumento strumenti',
  en: 'software system systems solution solutions application applications tool tools',
};

/** Words that say nothing, and that PostgreSQL's own lists have only with the accents that searches and texts go without. */
const withoutAccents: Readonly<Record<string, string>> = {
  da: 'på når være været også sådan',
  fr: 'à même été était étaient être',
  de: 'für fuer über ueber während waehrend können koennen könnte würde würden',
  it: 'è più perché',
};

const normalised = (words: Readonly<Record<string, string>>): ReadonlySet<string> =>
  new Set(normalise(Object.values(words).join(' ')).split(' '));

/**
 * What everything is that is searched here, in whatever language: `software for meetings` need not say that it is software.
 * Normalised.
 */
export const fillers = normalised(meaningSoftware);

/** More words that say nothing than PostgreSQL knows. Normalised. */
export const emptyWords = normalised(withoutAccents);
