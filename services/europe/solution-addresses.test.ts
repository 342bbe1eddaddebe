import { useCountryIndex } from './testing/country-index.js';
import { contents } from './testing/feed-contents.js';

const graph = useCountryIndex();
const { at } = graph;

const refs = ['Danish', 'Belgian', 'Italian']
  .flatMap((adjective) => ['Administration', 'Consortium'].map((type) => `... on ${adjective}${type} { ref }`))
  .join(' ');
const consortiumRefs = ['Danish', 'Belgian', 'Italian'].map((of) => `... on ${of}Consortium { ref }`).join(' ');

describe('an address', () => {
  const now = 'github.com/addresses/now';
  const before = 'codeberg.org/addresses/before';
  const first = 'gitlab.com/addresses/group/first';

  beforeAll(async () => {
    graph.denmark.publish(
      'RECORD',
      contents.record('dk:record:addresses', now, {
        name: 'Moved',
        aliases: [first, before],
        publisherId: 'dk:consortium:x',
      }),
    );
    graph.italy.publish(
      'ADOPTION',
      contents.adoption('it:adoption:named-only', 'it:administration:a', 'github.com/only/named'),
    );
    graph.italy.publish('ADMINISTRATION', contents.administration('it:administration:a', 'A'));
    await graph.index.catchUp();
  });

  it('leads to its solution however it is written, and so does the id of the solution', async () => {
    for (const written of [
      now,
      'https://GitHub.com/Addresses/Now.git',
      'git@github.com:addresses/now.git',
      'https://www.github.com/addresses/now/tree/main?tab=readme#top',
      before,
      'HTTPS://codeberg.org/Addresses/Before/',
      first,
    ])
      expect({ written, found: await at(written, 'address id name addresses') }).toEqual({
        written,
        found: { address: now, id: first, name: 'Moved', addresses: [now, before, first] },
      });
  });

  it('leads to its solution also as an entity, even if no catalogue describes it', async () => {
    const addresses = [before, 'github.com/only/named', 'github.com/not/known', now];
    const data = await graph.index.query(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Solution { address id name kind categories records { id } adoptions { totalCount } reuse { country } } } }`,
      { representations: addresses.map((address) => ({ __typename: 'Solution', address })) },
    );
    const moved = {
      address: now,
      id: first,
      name: 'Moved',
      kind: 'SOFTWARE',
      categories: [],
      records: [{ id: 'dk:record:addresses' }],
      adoptions: { totalCount: 0 },
      reuse: [],
    };
    const unknown = { name: null, kind: null, categories: null, records: [] };
    expect(data).toEqual({
      _entities: [
        moved,
        {
          ...unknown,
          address: 'github.com/only/named',
          id: 'github.com/only/named',
          adoptions: { totalCount: 1 },
          reuse: [{ country: 'IT' }],
        },
        {
          ...unknown,
          address: 'github.com/not/known',
          id: 'github.com/not/known',
          adoptions: { totalCount: 0 },
          reuse: [],
        },
        moved,
      ],
    });
  });

  it('that only adoptions name leads to a solution without fields, which is in no list', async () => {
    expect(
      await at(
        'https://github.com/Only/Named',
        `address id addresses kind name shortDescription url licence licenceFamily developmentStatus softwareType categories
        releaseDate maintenance maintainedUntil origins { field } records { id } publishedIn publishers { __typename }
        maintainers { __typename } adoptions { nodes { id solution { id } } } basedOn { id } derivatives { id }`,
      ),
    ).toEqual({
      address: 'github.com/only/named',
      id: 'github.com/only/named',
      addresses: ['github.com/only/named'],
      ...Object.fromEntries(
        [
          ...[
            'kind',
            'name',
            'shortDescription',
            'url',
            'licence',
            'licenceFamily',
            'developmentStatus',
            'softwareType',
          ],
          ...['categories', 'releaseDate', 'maintenance', 'maintainedUntil', 'origins', 'publishedIn', 'publishers'],
        ].map((field) => [field, null]),
      ),
      records: [],
      maintainers: [],
      adoptions: { nodes: [{ id: 'it:adoption:named-only', solution: { id: 'github.com/only/named' } }] },
      basedOn: [],
      derivatives: [],
    });
    expect(await graph.index.query('{ solutions(search: "named") { totalCount } }')).toEqual({
      solutions: { totalCount: 0 },
    });
  });

  it('leads to null if no catalogue or user names it', async () => {
    expect(await at('github.com/not/known', 'id')).toBeNull();
  });

  it('keeps its users when a record starts to describe it', async () => {
    const late = 'github.com/addresses/late';
    graph.belgium.publish('ADMINISTRATION', contents.administration('be:administration:early', 'Early'));
    graph.belgium.publish('ADOPTION', contents.adoption('be:adoption:early', 'be:administration:early', late));
    await graph.index.catchUp();
    graph.denmark.publish(
      'RECORD',
      contents.record('dk:record:late', 'github.com/addresses/newer', { name: 'Late', aliases: [late] }),
    );
    await graph.index.catchUp();
    expect(
      await at(
        'github.com/addresses/newer',
        'id name adoptions { nodes { id solutionAddress } } reuse { country adopters }',
      ),
    ).toEqual({
      id: late,
      name: 'Late',
      adoptions: { nodes: [{ id: 'be:adoption:early', solutionAddress: late }] },
      reuse: [{ country: 'BE', adopters: 1 }],
    });
    expect(
      await graph.index.query(`{ solutions(filter: { usedBy: "be:administration:early" }) { nodes { id } } }`),
    ).toEqual({
      solutions: { nodes: [{ id: late }] },
    });
  });
});

describe('the base of a solution', () => {
  it('is found by any of its addresses, and lists its derivatives', async () => {
    const base = 'github.com/bases/base';
    graph.denmark.publish('RECORD', contents.record('dk:record:base', base, { aliases: ['codeberg.org/bases/base'] }));
    const derived = (name: string, isBasedOn: string[]): void => {
      graph.belgium.publish('RECORD', contents.record(`be:record:${name}`, `github.com/bases/${name}`, { isBasedOn }));
    };
    derived('two', ['https://github.com/Bases/Base.git', 'https://github.com/upstream/unknown', 'no address at all']);
    derived('one', ['https://codeberg.org/bases/base', 'github.com/bases/one']);
    await graph.index.catchUp();
    expect(await at('github.com/bases/two', 'basedOn { address name }')).toEqual({
      basedOn: [
        { address: base, name: 'base' },
        { address: 'github.com/upstream/unknown', name: null },
      ],
    });
    expect(await at('github.com/bases/one', 'basedOn { address }')).toEqual({ basedOn: [{ address: base }] });
    const derivatives = { derivatives: [{ address: 'github.com/bases/one' }, { address: 'github.com/bases/two' }] };
    expect(await at(base, 'derivatives { address }')).toEqual(derivatives);
    expect(await at('codeberg.org/bases/base', 'derivatives { address }')).toEqual(derivatives);
    expect(await at('github.com/upstream/unknown', 'id name derivatives { address }')).toEqual({
      id: 'github.com/upstream/unknown',
      name: null,
      derivatives: [{ address: 'github.com/bases/two' }],
    });
  });
});

describe('a part of a solution', () => {
  const publisher = { publisherId: 'dk:consortium:parts' };
  const publish = (name: string, more: object): void => {
    graph.denmark.publish(
      'RECORD',
      contents.record(`dk:record:parts-${name}`, `github.com/parts/${name}`, { name, ...more }),
    );
  };
  const list = async (filter: string): Promise<unknown> => {
    const { solutions } = (await graph.index.query(
      `{ solutions(filter: { publisher: "dk:consortium:parts" ${filter} }) { totalCount nodes { name partOf { name } parts { name } } } }`,
    )) as {
      solutions: {
        totalCount: number;
        nodes: { name: string; partOf: { name: string } | null; parts: { name: string }[] }[];
      };
    };
    expect(solutions.totalCount).toBe(solutions.nodes.length);
    return solutions.nodes.map(({ name, partOf, parts }) =>
      [`${name} < ${partOf?.name ?? '-'}`, ...parts.map((part) => part.name)].join(' '),
    );
  };

  beforeAll(async () => {
    graph.denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:parts', 'Parts'));
    publish('product', { ...publisher, aliases: ['github.com/parts/old'] });
    publish('frontend', { ...publisher, partOf: 'github.com/parts/old' });
    publish('suite', publisher);
    publish('module', { ...publisher, applicationSuite: 'Suite' });
    publish('orphan', { ...publisher, partOf: 'github.com/parts/undescribed', applicationSuite: 'Unknown suite' });
    publish('left', { ...publisher, partOf: 'github.com/parts/right' });
    publish('right', { ...publisher, partOf: 'github.com/parts/left' });
    // Another publisher's suite of the same name is another suite.
    publish('foreign', { applicationSuite: 'Suite' });
    await graph.index.catchUp();
  });

  it('is stated by its record, or has the name of a solution of its publisher as its suite; of two that name each other, one is', async () => {
    const [left, right] = ['left < - right', 'right < left'];
    const [module, suite] = ['module < suite', 'suite < - module'];
    const [frontend, product] = ['frontend < product', 'product < - frontend'];
    const orphan = 'orphan < -';
    expect(await list('')).toEqual([frontend, left, module, orphan, product, right, suite]);
    expect(await list('isPart: false')).toEqual([left, orphan, product, suite]);
    expect(await list('isPart: true')).toEqual([frontend, module, right]);
    expect(await at('github.com/parts/frontend', 'partOfId')).toEqual({ partOfId: 'github.com/parts/old' });
    expect(await at('github.com/parts/foreign', 'partOf { name } partOfId parts { name }')).toEqual({
      partOf: null,
      partOfId: null,
      parts: [],
    });
  });

  it('is one as long as the whole is described', async () => {
    graph.denmark.withdraw('RECORD', 'dk:record:parts-suite');
    await graph.index.catchUp();
    expect(await at('github.com/parts/module', 'partOf { name }')).toEqual({ partOf: null });
  });
});

describe('an organisation or record that its country deletes', () => {
  const address = 'github.com/deleted/thing';
  const organisations = `publishers { ${refs} } maintainers { ${consortiumRefs} }`;
  const everywhere = `{
    administrations(search: "Vanishing") { totalCount nodes { __typename } }
    consortia(search: "Vanishing") { totalCount nodes { __typename } }
    used: solutions(filter: { usedBy: "dk:administration:vanishing" }) { totalCount }
    maintained: solutions(filter: { maintainer: "dk:consortium:vanishing" }) { totalCount }
    members: administrations(filter: { memberOf: "dk:consortium:vanishing" }) { totalCount }
    member: administrations(search: "Member abroad", filter: { memberOfNone: false }) { totalCount } }`;
  const nowhere = {
    administrations: { totalCount: 0, nodes: [] },
    consortia: { totalCount: 0, nodes: [] },
    used: { totalCount: 0 },
    maintained: { totalCount: 0 },
    members: { totalCount: 0 },
    member: { totalCount: 0 },
  };

  it('is in no response of Europe', async () => {
    graph.denmark.publish('ADMINISTRATION', contents.administration('dk:administration:vanishing', 'Vanishing town'));
    graph.denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:vanishing', 'Vanishing group'));
    graph.denmark.publish('CONSORTIUM', contents.consortium('dk:consortium:staying', 'Staying group'));
    graph.denmark.publish(
      'RECORD',
      contents.record('dk:record:deleted', address, { name: 'Deletable', publisherId: 'dk:consortium:vanishing' }),
    );
    for (const name of ['vanishing', 'staying'])
      graph.denmark.publish('PORTFOLIO', contents.portfolio(`dk:portfolio:${name}`, `dk:consortium:${name}`, address));
    graph.italy.publish(
      'RECORD',
      contents.record('it:record:deleted', address, { publisherId: 'dk:administration:vanishing' }),
    );
    graph.italy.publish('ADOPTION', contents.adoption('it:adoption:vanishing', 'dk:administration:vanishing', address));
    graph.denmark.publish(
      'ADOPTION',
      contents.adoption('dk:adoption:vanishing', 'dk:administration:vanishing', address),
    );
    graph.denmark.publish(
      'MEMBERSHIP',
      contents.membership('dk:membership:vanishing', 'dk:consortium:vanishing', 'be:administration:member'),
    );
    graph.belgium.publish('ADMINISTRATION', contents.administration('be:administration:member', 'Member abroad'));
    graph.belgium.publish(
      'MEMBERSHIP',
      contents.membership('be:membership:vanishing', 'dk:consortium:vanishing', 'be:administration:member'),
    );
    await graph.index.catchUp();
    expect(await at(address, organisations)).toEqual({
      // What Italy states of the publisher is not confirmed.
      publishers: [{ ref: 'dk:consortium:vanishing' }],
      maintainers: [{ ref: 'dk:consortium:staying' }, { ref: 'dk:consortium:vanishing' }],
    });
    expect(await graph.index.query(everywhere)).toEqual({
      administrations: { totalCount: 1, nodes: [{ __typename: 'DanishAdministration' }] },
      consortia: { totalCount: 1, nodes: [{ __typename: 'DanishConsortium' }] },
      ...Object.fromEntries(['used', 'maintained', 'members', 'member'].map((field) => [field, { totalCount: 1 }])),
    });

    graph.denmark.withdraw('ADMINISTRATION', 'dk:administration:vanishing');
    graph.denmark.withdraw('CONSORTIUM', 'dk:consortium:vanishing');
    await graph.index.catchUp();
    expect(await at(address, `${organisations} adoptions { totalCount } reuse { country }`)).toEqual({
      publishers: [],
      maintainers: [{ ref: 'dk:consortium:staying' }],
      adoptions: { totalCount: 0 },
      reuse: [],
    });
    expect(await graph.index.query(everywhere)).toEqual(nowhere);
  });

  it('removes the solution once the last record is deleted', async () => {
    graph.denmark.withdraw('RECORD', 'dk:record:deleted');
    await graph.index.catchUp();
    expect(await at(address, 'name records { id }')).toEqual({ name: 'thing', records: [{ id: 'it:record:deleted' }] });
    expect(await graph.index.query(`{ solutions(search: "Deletable") { totalCount } }`)).toEqual({
      solutions: { totalCount: 0 },
    });
    graph.italy.withdraw('RECORD', 'it:record:deleted');
    await graph.index.catchUp();
    // The portfolio still names it.
    expect(await at(address, 'name records { id } addresses')).toEqual({
      name: null,
      records: [],
      addresses: [address],
    });
    graph.denmark.withdraw('PORTFOLIO', 'dk:portfolio:vanishing');
    graph.denmark.withdraw('PORTFOLIO', 'dk:portfolio:staying');
    graph.italy.withdraw('ADOPTION', 'it:adoption:vanishing');
    graph.denmark.withdraw('ADOPTION', 'dk:adoption:vanishing');
    await graph.index.catchUp();
    expect(await at(address, 'name')).toBeNull();
  });
});
