import { at, listAt } from './test-catalogue.js';
import { useCatalogue } from './use-catalogue.js';

const catalogue = useCatalogue({
  'sources.csv': ['id,url,note', 's,https://example.org/,'],
  'administrations.csv': [
    'id,kind,level,official_languages,name_da,nuts,start,end,source',
    'dk:administration:a,MUNICIPALITY,LOCAL,da,Aby,DK011,,,s',
    'dk:administration:b,MUNICIPALITY,LOCAL,da,Bby,DK012,,,s',
    'dk:administration:c,MUNICIPALITY,LOCAL,da,Cby,DK042,,,s',
    'dk:administration:none,MUNICIPALITY,LOCAL,da,Nowhere,,,,s',
    'dk:administration:old,MUNICIPALITY,LOCAL,da,Oldby,DK011,,2022-01-01,s',
    'dk:administration:r,REGION,REGIONAL,da,Region,DK01,,,s',
  ],
  'consortia.csv': ['id,kind,name_da,source', 'dk:consortium:k,ASSOCIATION,Kreds,s'],
  'code_lists.csv': [
    'scheme,title_da,title_en,version,publisher,licence,url,source',
    'DK_TASKS,Opgaver,Tasks,2025-08,KL,,https://example.org/tasks,s',
    'EU_X,,Other,,,,,s',
  ],
  'codes.csv': [
    'scheme,notation,label_da,label_en,broader,source',
    'DK_TASKS,00,Kommunens styrelse,Government,,s',
    'DK_TASKS,00.22,Møder,Meetings,00,s',
    'DK_TASKS,00.22.04,Byrådets møder,,00.22,s',
    'DK_TASKS,21,Biblioteker,Libraries,,s',
    'EU_X,A1,,Meetings of councils,,s',
  ],
  'mappings.csv': [
    'scheme,notation,relation,to_scheme,to_notation,topic,source,method,note',
    'DK_TASKS,00.22,EXACT,,,meeting-management,s,INFERRED,Read from both labels.',
    'DK_TASKS,00.22,CLOSE,EU_X,A1,,s,,',
  ],
  'records.csv': [
    'id,kind,address,name,codes,source',
    'dk:record:meet,SOFTWARE,github.com/a/meet,Meet,DK_TASKS:00.22|ZZ_NONE:1,s',
    'dk:record:bare,SOFTWARE,github.com/a/bare,Bare,,s',
  ],
  'needs.csv': [
    'id,statement_da,statement_en,codes,legal_basis,url,source',
    'dk:need:minutes,Offentliggør referater,Publish minutes,DK_TASKS:00.22.04,LBK 47 § 8,https://example.org/law,s',
    'dk:need:library,Et bibliotekssystem,,DK_TASKS:21,,,s',
  ],
  'need_holders.csv': [
    'id,need,holder,holders_kind,holders_nuts,state,start,end,amount,currency,met_by,raw_name,observed_on,source',
    'dk:need-holder:rule,dk:need:minutes,,MUNICIPALITY,,STATED,2000-01-01,,,,,,,s',
    'dk:need-holder:a-1,dk:need:minutes,dk:administration:a,,,FUNDED,2024-01-01,2025-01-01,1000.50,DKK,,,,s',
    'dk:need-holder:a-2,dk:need:minutes,dk:administration:a,,,MET,2025-01-01,,1000.50,DKK,https://github.com/A/Meet|urn:dk:solution:paper,,,s',
    'dk:need-holder:b,dk:need:minutes,Bby,,,FUNDED,,,0.125,EUR,,,2024-05-01,s',
    'dk:need-holder:k,dk:need:library,dk:consortium:k,,,TENDERED,2023-01-01,,00300,EUR,,,,s',
    'dk:need-holder:it,dk:need:library,it:administration:x,,,STATED,2023-01-01,,,,,,,s',
    'dk:need-holder:north,dk:need:library,,REGION,DK01,STATED,2023-01-01,,,,,,,s',
    'dk:need-holder:lost,dk:need:library,,,,STATED,2023-01-01,,,,,Lost town,,s',
  ],
});

const query = (text: string): Promise<unknown> => catalogue.query(`{ denmark { ${text} } }`);
const ids = (data: unknown, ...path: string[]): unknown[] =>
  listAt(data, 'denmark', ...path, 'nodes').map((node) => at(node, 'id'));

describe('code lists', () => {
  it('are listed with their codes, labels and mappings', async () => {
    const data = await query(`
      codeLists { id scheme title titleLanguage english: title(language: "en") version publisher licence url }
      codes(scheme: "DK_TASKS", first: 2) { totalCount nodes {
        id notation label(language: "en") labelLanguage broaderNotation broader { notation } codeList { title }
        mappings { id relation toScheme toNotation topic provenance { method note } } } }`);
    expect(at(data, 'denmark', 'codeLists')).toEqual([
      {
        id: 'dk:code-list:dk-tasks',
        scheme: 'DK_TASKS',
        title: 'Opgaver',
        titleLanguage: 'da',
        english: 'Tasks',
        version: '2025-08',
        publisher: 'KL',
        licence: null,
        url: 'https://example.org/tasks',
      },
      expect.objectContaining({ scheme: 'EU_X', title: 'Other', titleLanguage: 'en' }),
    ]);
    expect(at(data, 'denmark', 'codes', 'totalCount')).toBe(4);
    expect(at(data, 'denmark', 'codes', 'nodes', 1)).toEqual({
      id: 'dk:code:dk-tasks-00-22',
      notation: '00.22',
      label: 'Meetings',
      labelLanguage: 'da',
      broaderNotation: '00',
      broader: { notation: '00' },
      codeList: { title: 'Opgaver' },
      mappings: [
        {
          id: 'dk:code-mapping:dk-tasks-00-22-meeting-management',
          relation: 'EXACT',
          toScheme: null,
          toNotation: null,
          topic: 'meeting-management',
          provenance: { method: 'INFERRED', note: 'Read from both labels.' },
        },
        expect.objectContaining({ relation: 'CLOSE', toScheme: 'EU_X', toNotation: 'A1', topic: null }),
      ],
    });
  });

  it('are searched by labels of every language and by notation, the best match first', async () => {
    const search = async (words: string): Promise<unknown[]> =>
      ids(await query(`codes(search: "${words}") { nodes { id } }`), 'codes');
    expect(await search('meetings')).toEqual(['dk:code:dk-tasks-00-22', 'dk:code:eu-x-a1']);
    expect(await search('MODER')).toEqual(['dk:code:dk-tasks-00-22', 'dk:code:dk-tasks-00-22-04']);
    expect(await search('00.22.04')).toEqual(['dk:code:dk-tasks-00-22-04']);
    expect(await search('council')).toEqual(['dk:code:eu-x-a1']);
  });

  it('are referred to by records, also by codes that no list of the catalogue contains', async () => {
    const data = await query(`records { nodes { id codes { scheme notation code { label } } } }`);
    expect(at(data, 'denmark', 'records', 'nodes')).toEqual([
      { id: 'dk:record:bare', codes: [] },
      {
        id: 'dk:record:meet',
        codes: [
          { scheme: 'DK_TASKS', notation: '00.22', code: { label: 'Møder' } },
          { scheme: 'ZZ_NONE', notation: '1', code: null },
        ],
      },
    ]);
  });
});

describe('needs', () => {
  it('have statements, codes, and holders with money, period and what meets the need', async () => {
    const data = await query(`need(id: "dk:need:minutes") {
      country statement(language: "en") statementLanguage(language: "en") codes { notation code { label } } legalBasis url
      holders(state: MET) { totalCount states { state holders rules amounts { amount currency } } nodes {
        id needId need { id } holderId holder { name } rule { kind } inherited state amount { amount currency } metBy
        solutions { address } during { start startPrecision end } provenance { source } } } }
      none: need(id: "dk:need:none") { id }`);
    expect(at(data, 'denmark')).toEqual({
      none: null,
      need: {
        country: 'DK',
        statement: 'Publish minutes',
        statementLanguage: 'en',
        codes: [{ notation: '00.22.04', code: { label: 'Byrådets møder' } }],
        legalBasis: 'LBK 47 § 8',
        url: 'https://example.org/law',
        holders: {
          totalCount: 1,
          states: [{ state: 'MET', holders: 1, rules: 0, amounts: [{ amount: '1000.5', currency: 'DKK' }] }],
          nodes: [
            {
              id: 'dk:need-holder:a-2',
              needId: 'dk:need:minutes',
              need: { id: 'dk:need:minutes' },
              holderId: 'dk:administration:a',
              holder: { name: 'Aby' },
              rule: null,
              inherited: false,
              state: 'MET',
              amount: { amount: '1000.5', currency: 'DKK' },
              metBy: ['github.com/a/meet', 'urn:dk:solution:paper'],
              solutions: [{ address: 'github.com/a/meet' }, { address: 'urn:dk:solution:paper' }],
              during: { start: '2025-01-01', startPrecision: 'DAY', end: null },
              provenance: { source: 'https://example.org/' },
            },
          ],
        },
      },
    });
  });

  it('count holders and rules apart, and sum amounts of one currency only', async () => {
    const data = await query(`need(id: "dk:need:minutes") { holders(asOf: "2024-06-01") {
      totalCount states { state holders rules amounts { amount currency } } } }`);
    expect(at(data, 'denmark', 'need', 'holders')).toEqual({
      totalCount: 3,
      states: [
        { state: 'STATED', holders: 0, rules: 1, amounts: [] },
        {
          state: 'FUNDED',
          holders: 2,
          rules: 0,
          amounts: [
            { amount: '1000.5', currency: 'DKK' },
            { amount: '0.125', currency: 'EUR' },
          ],
        },
      ],
    });
  });

  it('have holders by day and area, in pages', async () => {
    const holders = async (need: string, filter: string): Promise<unknown[]> =>
      ids(await query(`need(id: "dk:need:${need}") { holders(${filter}) { nodes { id } } }`), 'need', 'holders');
    expect(await holders('minutes', 'asOf: "2000-01-01"')).toEqual(['dk:need-holder:rule']);
    // Observed on 2024-05-01, and not before.
    expect(await holders('minutes', 'asOf: "2024-04-30"')).toEqual(['dk:need-holder:a-1', 'dk:need-holder:rule']);
    expect(await holders('minutes', 'nuts: "DK012"')).toEqual(['dk:need-holder:b', 'dk:need-holder:rule']);
    expect(await holders('minutes', 'nuts: "DK04"')).toEqual(['dk:need-holder:rule']);
    expect(await holders('library', 'nuts: "DK0"')).toEqual(['dk:need-holder:north']);
    expect(await holders('library', 'nuts: "DK04"')).toEqual([]);
    const page = await query(`need(id: "dk:need:library") { holders(first: 2) { pageInfo { endCursor } } }`);
    const cursor = String(at(page, 'denmark', 'need', 'holders', 'pageInfo', 'endCursor'));
    expect(await holders('library', `first: 1, after: "${cursor}"`)).toEqual(['dk:need-holder:lost']);
    expect(await holders('library', `last: 1, before: "${cursor}"`)).toEqual(['dk:need-holder:it']);
  });

  it('are found by words, by codes and broader ones, and by who holds them in which state', async () => {
    const needs = async (filter: string): Promise<unknown[]> =>
      ids(await query(`needs${filter} { totalCount nodes { id } }`), 'needs');
    const [minutes, library] = ['dk:need:minutes', 'dk:need:library'];
    expect(await needs('')).toEqual([library, minutes]);
    expect(await needs('(search: "MINUTES")')).toEqual([minutes]);
    expect(await needs('(codes: [{ scheme: "DK_TASKS", notation: "00" }])')).toEqual([minutes]);
    expect(await needs('(codes: [{ scheme: "EU_X", notation: "00" }])')).toEqual([]);
    expect(await needs('(state: TENDERED)')).toEqual([library]);
    expect(await needs('(state: FUNDED, asOf: "2024-04-30")')).toEqual([minutes]);
    expect(await needs('(holder: "dk:consortium:k")')).toEqual([library]);
    expect(await needs('(holder: "dk:administration:c")')).toEqual([minutes]);
    expect(await needs('(holder: "dk:administration:c", state: MET)')).toEqual([]);
    expect(await needs('(holder: "dk:administration:a", state: STATED)')).toEqual([]);
    expect(await needs('(holder: "dk:administration:a", state: STATED, asOf: "2020-01-01")')).toEqual([minutes]);
    expect(await needs('(holder: "it:administration:x")')).toEqual([library]);
  });
});

describe('the needs of an organisation', () => {
  const needsOf = async (id: string, filter = ''): Promise<unknown[]> =>
    ids(
      await query(`organisation(id: "${id}") {
        ... on DanishAdministration { needs${filter} { totalCount nodes { id inherited } } }
        ... on DanishConsortium { needs${filter} { totalCount nodes { id inherited } } } }`),
      'organisation',
      'needs',
    );

  it('are its own statements, and the rules that it inherits where there is none', async () => {
    expect(await needsOf('dk:administration:a')).toEqual(['dk:need-holder:a-2']);
    expect(await needsOf('dk:administration:a', '(asOf: "2023-01-01")')).toEqual(['dk:need-holder:rule']);
    expect(await needsOf('dk:administration:a', '(state: STATED)')).toEqual([]);
    expect(await needsOf('dk:administration:c')).toEqual(['dk:need-holder:rule']);
    expect(await needsOf('dk:administration:c', '(state: STATED)')).toEqual(['dk:need-holder:rule']);
    expect(await needsOf('dk:administration:r')).toEqual(['dk:need-holder:north']);
    expect(await needsOf('dk:consortium:k')).toEqual(['dk:need-holder:k']);
  });

  it('are inherited from the whole country without a recorded area, and until its last day', async () => {
    expect(await needsOf('dk:administration:none')).toEqual(['dk:need-holder:rule']);
    expect(await needsOf('dk:administration:old')).toEqual(['dk:need-holder:rule']);
  });
});

it('every code list, code, mapping, need and holder is in the change feed, with its content', async () => {
  const data = await query(`changes(first: 100) { nodes { subject subjectId
    codeList { id } code { id } codeMapping { id } need { id } needHolder { id } } }`);
  const changes = listAt(data, 'denmark', 'changes', 'nodes') as Record<string, { id: string } | null>[];
  const fields = {
    CODE_LIST: 'codeList',
    CODE: 'code',
    CODE_MAPPING: 'codeMapping',
    NEED: 'need',
    NEED_HOLDER: 'needHolder',
  };
  const found = Object.entries(fields).map(([subject, field]) => [
    subject,
    changes.filter(
      (change) => (change['subject'] as unknown) === subject && change[field]?.id === (change['subjectId'] as unknown),
    ).length,
  ]);
  expect(Object.fromEntries(found)).toEqual({ CODE_LIST: 2, CODE: 5, CODE_MAPPING: 2, NEED: 2, NEED_HOLDER: 8 });
  expect(changes.flatMap((change) => Object.values(fields).flatMap((field) => change[field] ?? []))).toHaveLength(19);
});

it('the number of statements depends on the shape of an operation, not on how many needs, holders and organisations it has', async () => {
  const count = async (needs: number, organisations: number): Promise<number> => {
    catalogue.statements();
    await query(`
      needs(first: ${needs}) { totalCount nodes {
        codes { code { label codeList { title } broader { label } mappings { topic } } }
        holders(first: ${organisations}) { totalCount states { state } nodes { holder { name } need { statement } } } } }
      administrations(first: ${organisations}) { nodes { needs { totalCount states { state } nodes { need { id } } } } }`);
    return catalogue.statements().length;
  };
  expect(await count(2, 5)).toBe(await count(1, 1));
});
