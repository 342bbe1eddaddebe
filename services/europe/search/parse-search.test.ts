import { createSolutionRepository } from '../repositories/solutions.js';
import { type FakeCountry, startFakeCountry } from '../testing/fake-country.js';
import { contents } from '../testing/feed-contents.js';
import { startTestIndex, type TestIndex } from '../testing/test-index.js';
import { parseSearch } from './parse-search.js';

let country: FakeCountry;
let index: TestIndex;
beforeAll(async () => {
  country = await startFakeCountry('DK');
  index = await startTestIndex([country]);
});
afterAll(async () => {
  await index.close();
  await country.stop();
});

let records = 0;

/** Catalogues a solution; `texts` is by language what is said of it. */
function describeSolution(
  name: string,
  texts: Readonly<Record<string, string | object>> = {},
  more: object = {},
): void {
  records += 1;
  const descriptions = Object.entries(texts).map(([language, text]) => ({
    language,
    localisedName: null,
    shortDescription: typeof text === 'string' ? text : null,
    longDescription: null,
    documentation: null,
    apiDocumentation: null,
    features: [],
    awards: [],
    ...(typeof text === 'string' ? {} : text),
  }));
  const id = `dk:record:r${records}`;
  country.publish('RECORD', contents.record(id, `example.org/r${records}`, { name, descriptions, ...more }));
}

interface Found {
  readonly solutions: { readonly nodes: readonly { readonly name: string }[] };
}

/** The names of what a search finds, the best match first. */
async function find(search: string): Promise<string[]> {
  const query = 'query ($search: String) { solutions(search: $search, first: 200) { nodes { name } } }';
  const { solutions } = (await index.query(query, { search })) as Found;
  return solutions.nodes.map(({ name }) => name);
}

describe('a word in each language', () => {
  beforeAll(async () => {
    describeSolution('Alfa', { da: 'Tegner cykelstier til byrådets møder' });
    describeSolution('Bravo', { nl: 'Beheert vergunningen en aanvragen' });
    describeSolution('Charlie', { fr: 'Publie les réclamations communales' });
    describeSolution('Delta', { de: 'Verwaltet die Anträge von Bürgern' });
    describeSolution('Echo', { it: 'Raccoglie le segnalazioni dei cittadini' });
    describeSolution('Foxtrot', { en: 'Counts the queries of libraries' });
    describeSolution('Golf', { fr: 'Suit la mode de près' });
    await index.catchUp();
  });

  it.each([
    ['Alfa', ['cykelstier', 'cykelsti', 'CYKELSTIEN', 'mødet', 'byråd', 'byraadets', 'byradets']],
    ['Bravo', ['vergunningen', 'vergunning', 'aanvraag', 'aanvragen']],
    ['Charlie', ['réclamations', 'reclamation', 'RÉCLAMATION', 'communal', 'publier']],
    ['Delta', ['Anträge', 'Antrag', 'antrage', 'Bürger', 'verwalten']],
    ['Echo', ['segnalazioni', 'segnalazione', 'cittadino', 'raccogliere']],
    ['Foxtrot', ['queries', 'query', 'library', 'counting']],
  ])('finds %s in whatever form', async (name, searches) => {
    const found = await Promise.all(searches.map(async (search) => [search, await find(search)]));
    expect(found).toEqual(searches.map((search) => [search, [name]]));
  });

  it('is not taken for one of another language that has the same stem', async () => {
    expect(await find('mødet')).toEqual(['Alfa']);
    expect(await find('mode')).toContain('Golf');
  });

  it('must be there as well as every other', async () => {
    expect(await find('segnalazioni cittadini')).toEqual(['Echo']);
    expect(await find('segnalazioni libraries')).toEqual([]);
  });

  it('finds what begins with it, from four letters on, and names from three', async () => {
    expect(await find('verg')).toEqual(['Bravo']);
    expect(await find('ver')).toEqual([]);
    expect(await find('foxt')).toEqual(['Foxtrot']);
    expect(await find('fox')).toEqual(['Foxtrot']);
    expect(await find('fo')).toEqual([]);
  });

  it('may be in another language than the next', async () => {
    describeSolution('Hotel', { da: 'Kort over havnen', fr: 'Cartographie du port' });
    await index.catchUp();
    expect(await find('havn cartographies')).toEqual(['Hotel']);
  });
});

describe('a typing error', () => {
  beforeAll(async () => {
    describeSolution('India', { en: 'A weather station' });
    describeSolution('Juliett', { en: 'A leather workshop' });
    describeSolution('Kilo', { en: 'Zebra crossings' });
    await index.catchUp();
  });

  it.each(['zebar', 'zbera', 'zebbra', 'zebr', 'zxbra', 'crosings', 'corssings', 'crossnigs', 'kroosings'])(
    'is forgiven: %s',
    async (search) => {
      expect(await find(search)).toEqual(['Kilo']);
    },
  );

  it('is one in short words, two from eight letters on, and none below four', async () => {
    expect(await find('xxbra')).toEqual([]);
    expect(await find('xrxssings')).toEqual(['Kilo']);
    expect(await find('xrxssxngs')).toEqual([]);
    expect(await find('ilx')).toEqual([]);
  });

  it('is none where something is found as written', async () => {
    expect(await find('leather')).toEqual(['Juliett']);
    expect((await find('heather')).sort()).toEqual(['India', 'Juliett']);
  });

  it('may be in one word of several', async () => {
    expect(await find('wether station')).toEqual(['India']);
  });
});

describe('words that say nothing', () => {
  beforeAll(async () => {
    describeSolution('Lima', { da: 'Kloakker og vandløb', fr: 'Les égouts de la commune', de: 'Kanäle für Abwasser' });
    describeSolution('IO', { it: 'Servizi pubblici sul telefono' });
    describeSolution('Servizi', { it: 'Un elenco' });
    describeSolution('Mike', { en: 'A software forge' });
    await index.catchUp();
  });

  it.each([
    'kloakker på vandløb',
    'de égouts à la commune',
    'Software für Abwasser',
    'system til kloakker',
    'logiciel pour les égouts',
    'solution for Abwasser',
  ])('need not be there: %s', async (search) => {
    expect(await find(search)).toEqual(['Lima']);
  });

  it('are searched for where there is nothing else', async () => {
    expect(await find('og')).toEqual(['Lima']);
    expect(await find('software')).toEqual(['Mike']);
    expect((await find('a software'))[0]).toBe('Mike');
    expect(await find('io software')).toEqual(['IO']);
  });

  it('count where they are a name', async () => {
    expect(await find('io')).toEqual(['IO']);
    expect(await find('servizi io')).toEqual(['IO', 'Servizi']);
    expect(await find('servizi')).toEqual(['Servizi', 'IO']);
  });
});

describe('a compound', () => {
  it('is found by its last part, which is a word of its own, after that word', async () => {
    describeSolution('November', { da: 'Styrer informationssikkerhed' });
    describeSolution('Oscar', { da: 'Sikkerhed i trafikken' });
    describeSolution('Papa', { fr: 'Formations du personnel' });
    await index.catchUp();
    expect(await find('sikkerhed')).toEqual(['Oscar', 'November']);
    expect(await find('sikkerheden')).toEqual(['Oscar', 'November']);
    expect(await find('formation')).toEqual(['Papa']);
  });
});

describe('a topic', () => {
  beforeAll(async () => {
    describeSolution('Quebec', {}, { categories: ['whistleblowing'] });
    describeSolution('Romeo', { it: 'Segnalazione illeciti per enti' });
    await index.catchUp();
  });

  it.each([
    'whistleblowerordning',
    'klokkenluiders',
    'lanceurs d’alerte',
    'lanceur d’alerte',
    'Hinweisgebersystem',
    'segnalazione di illeciti',
    'whistleblowers',
  ])('is found by what others call it: %s', async (search) => {
    expect(await find(search)).toContain('Quebec');
  });

  it('is also searched for in words of other languages, which come last', async () => {
    expect(await find('klokkenluiders')).toEqual(['Quebec', 'Romeo']);
    expect(await find('system for klokkenluiders')).toEqual(['Quebec', 'Romeo']);
    expect(await find('Klokkenluiders software')).toEqual(['Quebec', 'Romeo']);
  });
});

describe('a topic of which nothing says the word', () => {
  beforeAll(async () => {
    describeSolution('Sierra', { fr: 'Suivi des séances du collège, avec Plonk' });
    describeSolution('TangoMeeting', { fr: 'Pour le collège des communes' });
    describeSolution('Uniform', { en: 'Management of warehouses and protection of dikes' });
    describeSolution('Victor', { da: 'Finder personfølsomme oplysninger' });
    await index.catchUp();
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
  ])('is found in whatever forms and order of its words: %s', async (search) => {
    const found = await find(search);
    expect(found).toEqual(expect.arrayContaining(['Sierra', 'TangoMeeting']));
    expect(found).not.toContain('Uniform');
  });

  it('may be some of the words, of which the others must be there', async () => {
    expect(await find('meeting management plonk')).toEqual(['Sierra']);
    expect(await find('plonk réunions')).toEqual(['Sierra']);
    expect(await find('mødestyring kommune')).toEqual(['TangoMeeting']);
    expect(await find('réunions xylophone')).toEqual([]);
  });

  it.each(['Datenschutz', 'databeskyttelse', 'gegevensbescherming', 'protection des données', 'dati personali'])(
    'is data protection: %s',
    async (search) => {
      expect(await find(search)).toEqual(['Victor']);
    },
  );

  it('is not part of a term', async () => {
    expect(await find('management')).toEqual(['Uniform']);
    expect(await find('protection')).toEqual(['Uniform']);
    expect(await find('IT management')).toEqual(['Uniform']);
  });

  it('comes after what says the word, and before what only begins with it', async () => {
    describeSolution('Wx', { fr: 'Des sondagesque' });
    describeSolution('Xx', { en: 'A questionnaire' });
    describeSolution('Yx', { fr: { longDescription: 'Pour faire des sondages' } });
    await index.catchUp();
    expect(await find('sondages')).toEqual(['Yx', 'Xx', 'Wx']);
  });
});

describe('the best match', () => {
  it('is a name, the beginning of one, part of one, then what weighs most, then beginnings', async () => {
    const long = { shortDescription: null, longDescription: 'Far away there was a zeppelin' };
    describeSolution('Ax', { de: 'Zeppelinfahrt' });
    describeSolution('Bx', { en: long });
    describeSolution('Cx', { en: { features: ['A zeppelin'] } });
    describeSolution('Dx', { en: 'A zeppelin' });
    describeSolution('Big Zeppelin');
    describeSolution('Zeppelin hangar');
    describeSolution('Zeppelin');
    await index.catchUp();
    expect(await find('zeppelin')).toEqual(['Zeppelin', 'Zeppelin hangar', 'Big Zeppelin', 'Dx', 'Cx', 'Bx', 'Ax']);
  });

  it('has words beside one another, as they are searched for', async () => {
    describeSolution('Ex', { en: 'Harbour: a harbour, harbours and many a master' });
    describeSolution('Fx', { en: 'Plans of the harbour master' });
    describeSolution('Gx', { fr: 'Plan du maître du môle' });
    describeSolution('Hx', { fr: 'Môles, plans, maîtres' });
    await index.catchUp();
    expect(await find('harbour master')).toEqual(['Fx', 'Ex']);
    expect(await find('maître du môle')).toEqual(['Gx', 'Hx']);
  });

  it('is a name however it is written', async () => {
    describeSolution('DB-All.e');
    describeSolution('OS2kompas');
    await index.catchUp();
    for (const search of ['DB-All.e', 'db all e', 'dballe']) expect(await find(search)).toEqual(['DB-All.e']);
    for (const search of ['OS2kompas', 'os2 kompas', 'OS2-Kompas', 'kompas'])
      expect(await find(search)).toEqual(['OS2kompas']);
  });

  it('is not what has the most words that begin so', async () => {
    const many = Array.from({ length: 1_500 }, (_, number) => `kappa${number}`).join(' ');
    describeSolution('Ix', { en: { localisedName: `Many: ${many.slice(0, 400)}`, longDescription: many } });
    describeSolution('Jx', { en: { longDescription: 'Perhaps a kappa' } });
    await index.catchUp();
    expect(await find('kappa')).toEqual(['Jx', 'Ix']);
    const ranks = await ranksOf('kappa');
    expect(ranks.every(Number.isInteger)).toBe(true);
    // Not in the same tier.
    expect(Math.floor((ranks[0] ?? 0) / 100_000)).toBeLessThan(Math.floor((ranks[1] ?? 0) / 100_000));
    expect(Math.max(...ranks)).toBeLessThan(1_000_000);
  });
});

/** The numbers by which what is found is put in order. */
async function ranksOf(search: string): Promise<number[]> {
  const rows = await createSolutionRepository(index.database.query).findPage(
    {
      day: '2026-01-01',
      search: await parseSearch(index.database.query, search),
      filter: {},
      order: { field: 'RELEVANCE', direction: 'ASC' },
    },
    { limit: 100, backward: false, after: null, before: null },
  );
  return rows.map(({ orderKey }) => orderKey);
}

describe('a search that is meant ill', () => {
  beforeAll(async () => {
    describeSolution('Ελληνικά έγγραφα');
    describeSolution('Документы');
    describeSolution('日本語');
    await index.catchUp();
  });

  it.each([
    [`'`, `"`, `''`, `\\`, `\\'`, `%`, `_`, `&`, `|`, `!`, `()`, `:*`, `<->`, `--`, `$`, `;`].join(''),
    '   ',
    '\t\n',
    '🙂🙃',
    '\0',
    '\u{1}',
    '\ud800',
    '\udc00\ud800',
    '…—“”',
    '\u0301\u0301',
  ])('%j says nothing, as none does', async (search) => {
    expect(await parseSearch(index.database.query, search)).toBeNull();
    expect((await find(search)).length).toBe((await find('')).length);
  });

  it.each([
    `zz'zz`,
    `zz' OR 'a'='a`,
    `zzzz:*`,
    `zzzz & !alfa`,
    `zzzz | alfa`,
    `(zzzz`,
    `!zzzz`,
    `zzzz <-> alfa`,
    `zzzz\\`,
    `zzzz%`,
    `zz\0zz`,
    `zz\ud800zz`,
    `\udc00zzzz`,
    '𐐷𐐷𐐷𐐷',
    '𐐷𐐨𐐷𐐨𐐷𐐨𐐷𐐨𐐷',
    '1️⃣2️⃣3️⃣4️⃣',
    'z'.repeat(100),
    'é'.repeat(100),
    '𐐷'.repeat(50),
    'zz yy xx ww vv uu tt ss',
    '字'.repeat(100),
  ])('%j finds nothing', async (search) => {
    expect(await find(search)).toEqual([]);
  });

  it.each([
    ['z'.repeat(101)],
    ['œ'.repeat(60)],
    ['a b c d e f g h i'],
    ['a a a a a a a a a'],
    ['🙂'.repeat(51)],
    [' '.repeat(101)],
    ['z'.repeat(1_000_000)],
  ])('%.20j is too long', async (search) => {
    const { errors } = await index.execute('query ($search: String) { solutions(search: $search) { totalCount } }', {
      search,
    });
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['INVALID_ARGUMENT']);
  });

  it('is none in another script', async () => {
    expect(await find('ελληνικα')).toEqual(['Ελληνικά έγγραφα']);
    expect(await find('ΈΓΓΡΑΦΑ')).toEqual(['Ελληνικά έγγραφα']);
    expect(await find('документ')).toEqual(['Документы']);
    expect(await find('докмуенты')).toEqual(['Документы']);
    expect(await find('日本語')).toEqual(['日本語']);
  });
});

it.each([
  'alfa',
  'the',
  'zebar corssings wether heather xxbra xrxssings zbera leatehr',
  'klokkenluiders software',
  'z'.repeat(100),
  'sikkerhed',
  '𐐷𐐷𐐷𐐷',
])('reading %.30j takes one statement', async (search) => {
  index.statements();
  await parseSearch(index.database.query, search);
  expect(index.statements()).toHaveLength(1);
});
