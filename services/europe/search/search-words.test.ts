import { parse } from 'csv-parse/sync';

import { readProjectFile } from '../../../schema/files.js';
import { useSearchIndex } from '../testing/search-index.js';

const searchIndex = useSearchIndex();
const { describeSolution, find } = searchIndex;

describe('a search for a word', () => {
  beforeAll(async () => {
    describeSolution('Alfa', { da: 'Tegner cykelstier til byrådets møder' });
    describeSolution('Bravo', { nl: 'Beheert vergunningen en aanvragen' });
    describeSolution('Charlie', { fr: 'Publie les réclamations communales' });
    describeSolution('Delta', { de: 'Verwaltet die Anträge von Bürgern' });
    describeSolution('Echo', { it: 'Raccoglie le segnalazioni degli escursionisti' });
    describeSolution('Foxtrot', { en: 'Counts the queries of libraries' });
    describeSolution('Golf', { fr: 'Suit la mode de près' });
    await searchIndex.index.catchUp();
  });

  it.each([
    ['Alfa', ['cykelstier', 'cykelsti', 'CYKELSTIEN', 'mødet', 'byråd', 'byraadets', 'byradets']],
    ['Bravo', ['vergunningen', 'vergunning', 'aanvraag', 'aanvragen']],
    ['Charlie', ['réclamations', 'reclamation', 'RÉCLAMATION', 'communal', 'publier']],
    ['Delta', ['Anträge', 'Antrag', 'antrage', 'Bürger', 'verwalten']],
    ['Echo', ['segnalazioni', 'segnalazione', 'escursionista', 'raccogliere']],
    ['Foxtrot', ['queries', 'query', 'library', 'counting']],
  ])('finds %s in every form of the word', async (name, searches) => {
    const found = await Promise.all(searches.map(async (search) => [search, await find(search)]));
    expect(found).toEqual(searches.map((search) => [search, [name]]));
  });

  it('does not find a word of another language that has the same stem', async () => {
    expect(await find('mødet')).toEqual(['Alfa']);
    expect(await find('mode')).toContain('Golf');
  });

  it('finds only texts that contain every word', async () => {
    expect(await find('segnalazioni escursionisti')).toEqual(['Echo']);
    expect(await find('segnalazioni libraries')).toEqual([]);
  });

  it('finds words that begin with it from four letters on, and names from three letters on', async () => {
    expect(await find('verg')).toEqual(['Bravo']);
    expect(await find('ver')).toEqual([]);
    expect(await find('foxt')).toEqual(['Foxtrot']);
    expect(await find('fox')).toEqual(['Foxtrot']);
    expect(await find('fo')).toEqual([]);
  });

  it('finds words of different languages in one text', async () => {
    describeSolution('Hotel', { da: 'Kort over havnen', fr: 'Cartographie du port' });
    await searchIndex.index.catchUp();
    expect(await find('havn cartographies')).toEqual(['Hotel']);
  });
});

describe('a typing error', () => {
  beforeAll(async () => {
    describeSolution('India', { en: 'A weather station' });
    describeSolution('Juliett', { en: 'A leather workshop' });
    describeSolution('Kilo', { en: 'Zebra crossings' });
    await searchIndex.index.catchUp();
  });

  it.each(['zebar', 'zbera', 'zebbra', 'zebr', 'zxbra', 'crosings', 'corssings', 'crossnigs', 'kroosings'])(
    'is corrected: %s',
    async (search) => {
      expect(await find(search)).toEqual(['Kilo']);
    },
  );

  it('is marked', async () => {
    const isFuzzy = (search: string): Promise<unknown> =>
      searchIndex.index.query('query ($search: String) { solutions(search: $search) { fuzzy } }', { search });
    expect(await isFuzzy('zebra')).toEqual({ solutions: { fuzzy: false } });
    expect(await isFuzzy('zebar crossings')).toEqual({ solutions: { fuzzy: true } });
    expect(await searchIndex.index.query('{ solutions { fuzzy } }')).toEqual({ solutions: { fuzzy: null } });
  });

  it('is corrected once from four letters on, and twice from eight letters on', async () => {
    expect(await find('xxbra')).toEqual([]);
    expect(await find('xrxssings')).toEqual(['Kilo']);
    expect(await find('xrxssxngs')).toEqual([]);
    expect(await find('ilx')).toEqual([]);
  });

  it('is not assumed where a word is found as written', async () => {
    expect(await find('leather')).toEqual(['Juliett']);
    expect((await find('heather')).sort()).toEqual(['India', 'Juliett']);
  });

  it('is corrected in one of several words', async () => {
    expect(await find('wether station')).toEqual(['India']);
  });
});

describe('stop words', () => {
  beforeAll(async () => {
    describeSolution('Lima', { da: 'Kloakker og vandløb', fr: 'Les égouts de la commune', de: 'Kanäle für Abwasser' });
    describeSolution('IO', { it: 'Servizi pubblici sul telefono' });
    describeSolution('Servizi', { it: 'Un elenco' });
    describeSolution('Mike', { en: 'A software forge' });
    await searchIndex.index.catchUp();
  });

  it.each([
    'kloakker på vandløb',
    'de égouts à la commune',
    'Software für Abwasser',
    'system til kloakker',
    'logiciel pour les égouts',
    'solution for Abwasser',
  ])('are optional: %s', async (search) => {
    expect(await find(search)).toEqual(['Lima']);
  });

  it('are searched for if there are no other words', async () => {
    expect(await find('og')).toEqual(['Lima']);
    expect(await find('software')).toEqual(['Mike']);
    expect((await find('a software'))[0]).toBe('Mike');
    expect(await find('io software')).toEqual(['IO']);
  });

  it('rank higher where they are a name', async () => {
    expect(await find('io')).toEqual(['IO']);
    expect(await find('servizi io')).toEqual(['IO', 'Servizi']);
    expect(await find('servizi')).toEqual(['Servizi', 'IO']);
  });
});

describe('a word with several spellings', () => {
  beforeAll(async () => {
    describeSolution('Zulu', { da: 'Havnen i Åbenrå, den grønne hajfinne' });
    describeSolution('Yankee', { da: 'Fyrtårnet ved Aabenraa', de: 'Oﬀizielle Köderfische' });
    await searchIndex.index.catchUp();
  });

  it.each([
    ['Åbenrå', ['Yankee', 'Zulu']],
    ['Aabenraa', ['Yankee', 'Zulu']],
    ['A\u030abenra\u030a', ['Yankee', 'Zulu']],
    ['Aaben\u00adraa', ['Yankee', 'Zulu']],
    ['Fyrtaarnet', ['Yankee']],
    ['fyrtårnene', ['Yankee']],
    ['groenne', ['Zulu']],
    ['hajﬁnne', ['Zulu']],
    ['ｈａｊｆｉｎｎｅｎ', ['Zulu']],
    ['haj\u200bfinne', ['Zulu']],
    ['offizielle', ['Yankee']],
    ['Koederfisch', ['Yankee']],
  ])('is found in each: %s', async (search, expected) => {
    expect((await find(search)).sort()).toEqual(expected);
  });
});

describe('a compound', () => {
  it('is found by its last part if that is also a word by itself, after texts with that word', async () => {
    describeSolution('November', { da: 'Styrer informationssikkerhed' });
    describeSolution('Oscar', { da: 'Sikkerhed i trafikken' });
    describeSolution('Papa', { fr: 'Formations du personnel' });
    await searchIndex.index.catchUp();
    expect(await find('sikkerhed')).toEqual(['Oscar', 'November']);
    expect(await find('sikkerheden')).toEqual(['Oscar', 'November']);
    expect(await find('formation')).toEqual(['Papa']);
  });
});

describe('a topic', () => {
  beforeAll(async () => {
    describeSolution('Quebec', {}, { categories: ['whistleblowing'] });
    describeSolution('Romeo', { it: 'Segnalazione illeciti per enti' });
    await searchIndex.index.catchUp();
  });

  it.each([
    'whistleblowerordning',
    'klokkenluiders',
    'lanceurs d’alerte',
    'lanceur d’alerte',
    'Hinweisgebersystem',
    'segnalazione di illeciti',
    'whistleblowers',
  ])('is found by terms of any language: %s', async (search) => {
    expect(await find(search)).toContain('Quebec');
  });

  it('is also found in texts with terms of other languages, which come last', async () => {
    expect(await find('klokkenluiders')).toEqual(['Quebec', 'Romeo']);
    expect(await find('system for klokkenluiders')).toEqual(['Quebec', 'Romeo']);
    expect(await find('Klokkenluiders software')).toEqual(['Quebec', 'Romeo']);
  });
});

describe('a topic whose searched term is in no text', () => {
  beforeAll(async () => {
    describeSolution('Sierra', { fr: 'Suivi des séances du collège, avec Plonk' });
    describeSolution('TangoMeeting', { fr: 'Pour le collège des communes' });
    describeSolution('Uniform', { en: 'Management of warehouses and protection of dikes' });
    describeSolution('Victor', { da: 'Finder personfølsomme oplysninger' });
    await searchIndex.index.catchUp();
  });

  it.each([
    'réunion',
    'réunions',
    'gestion de réunions',
    'gestion des réunions',
    'logiciel de gestion des réunions',
    'meetings management',
    'management of meetings',
    'meeting managment',
    'open source meeting management',
    'logiciel libre de gestion de réunions',
    'riunione',
    'riunioni',
    'gestione riunioni',
    'gestione delle riunioni',
    'vergadering',
    'vergaderingen',
    'Sitzungen',
    'mødestyring',
    'moedestyring',
    'council meetings',
    'minutes of the council',
  ])('is found in any form and order of the words: %s', async (search) => {
    const found = await find(search);
    expect(found).toEqual(expect.arrayContaining(['Sierra', 'TangoMeeting']));
    expect(found).not.toContain('Uniform');
  });

  it.each([
    'vergadring',
    'vergaderign',
    'reunoin',
    'réunoins',
    'riunoni',
    'gestione riunoni',
    'Sitzugnen',
    'mødestyrign',
    'meetting agenda',
  ])('is found in spite of a typing error in its term: %s', async (search) => {
    const found = await find(search);
    expect(found).toEqual(expect.arrayContaining(['Sierra', 'TangoMeeting']));
    expect(found).not.toContain('Uniform');
  });

  it('is not assumed where a word is found as written, or is too far from its term', async () => {
    expect(await find('plonk')).toEqual(['Sierra']);
    expect(await find('vxrgxdrxng')).toEqual([]);
    expect(await find('mxxting')).toEqual([]);
  });

  it('may be named by some of the words, while the others must be in the text', async () => {
    expect(await find('meeting management plonk')).toEqual(['Sierra']);
    expect(await find('plonk réunions')).toEqual(['Sierra']);
    expect(await find('mødestyring kommune')).toEqual(['TangoMeeting']);
    expect(await find('réunions xylophone')).toEqual([]);
  });

  it.each(['Datenschutz', 'databeskyttelse', 'gegevensbescherming', 'protection des données', 'dati personali'])(
    'is data protection in every language: %s',
    async (search) => {
      expect(await find(search)).toEqual(['Victor']);
    },
  );

  it('is not found by a part of its term', async () => {
    expect(await find('management')).toEqual(['Uniform']);
    expect(await find('protection')).toEqual(['Uniform']);
    expect(await find('IT management')).toEqual(['Uniform']);
  });

  it('ranks after texts with the word, and before texts with words that only begin with it', async () => {
    describeSolution('Wx', { fr: 'Des sondagesque' });
    describeSolution('Xx', { en: 'A questionnaire' });
    describeSolution('Yx', { fr: { longDescription: 'Pour faire des sondages' } });
    await searchIndex.index.catchUp();
    expect(await find('sondages')).toEqual(['Yx', 'Xx', 'Wx']);
  });
});

describe('everyday words of administrations', () => {
  type Word = Readonly<Record<string, string>>;
  /** Chosen before the search knew them: an English word, and how texts in other languages write the same. */
  const words = parse<Word>(readProjectFile('services/europe/testing/everyday-words.csv'), { columns: true });
  const languages = Object.keys(words[0] ?? {}).slice(1);
  const nameOf = (language: string, word: Word): string => `Z${words.indexOf(word)}${language}`;
  /** By language, the English words that do not find its text. */
  const missed: Record<string, string[]> = {};

  beforeAll(async () => {
    for (const word of words)
      for (const language of languages) describeSolution(nameOf(language, word), { [language]: word[language] ?? '' });
    await searchIndex.index.catchUp();
    for (const word of words) {
      const found = await find(word['en'] ?? '');
      for (const language of languages)
        if (!found.includes(nameOf(language, word))) (missed[language] ??= []).push(word['en'] ?? '');
    }
  });

  it('find the texts of catalogues in each language', () => {
    expect(missed).toEqual({});
  });
});
