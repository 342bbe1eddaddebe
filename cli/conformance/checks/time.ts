import { addMonths, dayBefore, today } from '../../../services/shared/dates.js';
import {
  type QueryResult,
  at,
  type Check,
  type Finding,
  listAt,
  type Subject,
  findUnless,
  findUnlessRejected,
} from '../subject.js';

/** The current memberships of the first consortia of the catalogue. */
async function readMemberships(subject: Subject): Promise<unknown[]> {
  const result = await subject.queryCatalogue(
    'consortia(first: 20) { nodes { members(first: 200) { nodes { id consortiumId during { start end } } } } }',
  );
  return listAt(result.data, 'catalogue', 'consortia', 'nodes').flatMap((node) => listAt(node, 'members', 'nodes'));
}

const readMembers = (subject: Subject, consortium: unknown, asOf: string): Promise<QueryResult> =>
  subject.queryCatalogue(
    'organisation(id: $id) { ... on Consortium { existed { start } members(asOf: $asOf, first: 200) { nodes { id } pageInfo { hasNextPage } } } }',
    { id: consortium, asOf },
    '($id: ID!, $asOf: Date)',
  );
const includesMembership = (result: QueryResult, id: unknown): boolean =>
  listAt(result.data, 'catalogue', 'organisation', 'members', 'nodes').some((node) => at(node, 'id') === id);

/** Finds an ended administration in the feed, because the lists of today do not contain it. */
async function findEnded(subject: Subject): Promise<{ id: string; name: string; end: string } | null> {
  let after: unknown = null;
  for (let page = 0; page < maxPages; page += 1) {
    const result = await subject.queryCatalogue(
      `changes(first: 1000, after: $after) { pageInfo { hasNextPage endCursor }
        nodes { administration { id name existed { end } } } }`,
      { after },
      '($after: String)',
    );
    const changes = at(result.data, 'catalogue', 'changes');
    for (const node of listAt(changes, 'nodes')) {
      const [id, name, end] = [['id'], ['name'], ['existed', 'end']].map((path) => at(node, 'administration', ...path));
      if (typeof id === 'string' && typeof name === 'string' && typeof end === 'string') return { id, name, end };
    }
    if (at(changes, 'pageInfo', 'hasNextPage') !== true) return null;
    after = at(changes, 'pageInfo', 'endCursor');
  }
  return null;
}

/** The most pages of the feed that are searched. */
const maxPages = 10;

export const timeChecks: readonly Check[] = [
  {
    name: 'time: a membership counts from its first day, and not on the day before',
    why: 'Periods are half-open; one day more or less changes the numbers of a report.',
    run: async (subject) => {
      const dated = (await readMemberships(subject)).find(
        (membership) => typeof at(membership, 'during', 'start') === 'string',
      );
      if (!dated) return null;
      const [id, consortium, start] = [
        at(dated, 'id'),
        at(dated, 'consortiumId'),
        String(at(dated, 'during', 'start')),
      ];
      const on = await readMembers(subject, consortium, start);
      const before = await readMembers(subject, consortium, dayBefore(start));
      return [
        ...findUnless(includesMembership(on, id), on, `${String(id)}, which starts on that day`),
        ...findUnless(!includesMembership(before, id), before, `without ${String(id)}, which starts on the day after`),
      ];
    },
  },
  {
    name: 'time: a consortium has no members before it exists',
    why: 'Otherwise a growth curve starts before its consortium.',
    run: async (subject) => {
      const result = await subject.queryCatalogue('consortia(first: 20) { nodes { id existed { start } } }');
      const dated = listAt(result.data, 'catalogue', 'consortia', 'nodes').find(
        (node) => typeof at(node, 'existed', 'start') === 'string',
      );
      if (!dated) return null;
      const before = await readMembers(subject, at(dated, 'id'), addMonths(String(at(dated, 'existed', 'start')), -12));
      const found = listAt(before.data, 'catalogue', 'organisation', 'members', 'nodes');
      return findUnless(found.length === 0, before, 'no members', found);
    },
  },
  {
    name: 'time: an organisation is listed from its first day, and not on the day before',
    why: 'A merger ends organisations and starts another: they never exist on the same day.',
    run: async (subject) => {
      const listed = await subject.queryCatalogue('consortia(first: 20) { nodes { id existed { start } } }');
      const dated = listAt(listed.data, 'catalogue', 'consortia', 'nodes').find(
        (node) => typeof at(node, 'existed', 'start') === 'string',
      );
      if (!dated) return null;
      const start = String(at(dated, 'existed', 'start'));
      const on = (day: string): Promise<QueryResult> =>
        subject.queryCatalogue('consortia(asOf: $asOf, first: 200) { nodes { id } }', { asOf: day }, '($asOf: Date)');
      const isIn = (result: QueryResult): boolean =>
        listAt(result.data, 'catalogue', 'consortia', 'nodes').some((node) => at(node, 'id') === at(dated, 'id'));
      const [first, before] = [await on(start), await on(dayBefore(start))];
      return [
        ...findUnless(isIn(first), first, `${String(at(dated, 'id'))}, which starts on that day`),
        ...findUnless(!isIn(before), before, `without ${String(at(dated, 'id'))}, which starts on the day after`),
      ];
    },
  },
  {
    name: 'time: an organisation is listed on its last day, and not on the day on which it ended',
    why: 'Otherwise merged organisations are counted twice on that day, or not at all on the day before.',
    run: async (subject) => {
      const ended = await findEnded(subject);
      if (!ended) return null;
      const { id, name, end } = ended;
      const listed = async (day: string): Promise<{ result: QueryResult; isIn: boolean }> => {
        const result = await subject.queryCatalogue(
          'administrations(search: $name, asOf: $asOf, first: 200) { nodes { id } }',
          { name: name.slice(0, 100), asOf: day },
          '($name: String, $asOf: Date)',
        );
        const isIn = listAt(result.data, 'catalogue', 'administrations', 'nodes').some((node) => at(node, 'id') === id);
        return { result, isIn };
      };
      const [last, after] = [await listed(dayBefore(end)), await listed(end)];
      return [
        ...findUnless(last.isIn, last.result, `${id}, which ended on the day after`),
        ...findUnless(!after.isIn, after.result, `without ${id}, which ended on that day`),
      ];
    },
  },
  {
    name: 'time: a day that does not exist is rejected',
    why: 'Otherwise the result is of another day than the client means.',
    run: async (subject) => [
      ...findUnlessRejected(
        await subject.queryCatalogue(
          'administrations(asOf: $day) { totalCount }',
          { day: '2023-02-29' },
          '($day: Date)',
        ),
        'INVALID_DATE',
      ),
      ...findUnlessRejected(
        await subject.queryCatalogue('administrations(asOf: "yesterday") { totalCount }'),
        'INVALID_DATE',
      ),
    ],
  },
];

/** The roles that count as membership. */
const countedRoles = ['FOUNDER', 'MEMBER', 'BOARD'];

export const countChecks: readonly Check[] = [
  {
    name: 'counts: `knownMembers` are the members that are listed, and `share` is null unless the list is complete',
    why: 'A number that cannot be verified row by row is only a claim.',
    run: async (subject) => {
      const result = await subject.queryCatalogue(`consortia(first: 20) { nodes { id
        coverage(kind: MUNICIPALITY) { asOf kind knownMembers eligible share complete }
        members(kind: MUNICIPALITY, first: 200) { nodes { memberId role } pageInfo { hasNextPage } } } }`);
      const consortia = listAt(result.data, 'catalogue', 'consortia', 'nodes').filter(
        (node) => at(node, 'coverage') != null,
      );
      const findings: Finding[] = [];
      for (const consortium of consortia) {
        const coverage = at(consortium, 'coverage');
        const [known, eligible, share] = ['knownMembers', 'eligible', 'share'].map(
          (field) => at(coverage, field) ?? null,
        );
        const rows = listAt(consortium, 'members', 'nodes').filter((row) =>
          countedRoles.includes(String(at(row, 'role'))),
        );
        const distinct = new Set(rows.map((row) => at(row, 'memberId'))).size;
        const mayShare = at(coverage, 'complete') === true && eligible !== null;
        findings.push(
          ...(at(consortium, 'members', 'pageInfo', 'hasNextPage') === true
            ? []
            : findUnless(
                known === distinct,
                result,
                `${String(at(consortium, 'id'))}: knownMembers ${distinct}`,
                coverage,
              )),
          ...findUnless(mayShare || share === null, result, `${String(at(consortium, 'id'))}: share null`, coverage),
        );
      }
      return consortia.length === 0 ? null : findings;
    },
  },
  {
    name: 'counts: a growth curve has the requested days in order, and counts the members listed on each',
    why: 'Readers trust a curve, even if it contradicts the lists.',
    run: async (subject) => {
      const [from, to] = [addMonths(today(), -36), today()];
      const result = await subject.queryCatalogue(
        'consortia(first: 5) { nodes { id growth(from: $from, to: $to, interval: YEAR) { asOf knownMembers } } }',
        { from, to },
        '($from: Date!, $to: Date!)',
      );
      const findings: Finding[] = [];
      let tried = 0;
      for (const consortium of listAt(result.data, 'catalogue', 'consortia', 'nodes')) {
        const points = listAt(consortium, 'growth');
        const days = points.map((point) => String(at(point, 'asOf')));
        const isOrdered = days.every((day, nth) => day >= from && day <= to && day > (days[nth - 1] ?? ''));
        findings.push(
          ...findUnless(isOrdered, result, `days from ${from} to ${to}, each later than the one before`, days),
        );
        for (const point of points) {
          const listed = await subject.queryCatalogue(
            'organisation(id: $id) { ... on Consortium { members(asOf: $asOf, first: 200) { nodes { memberId role } pageInfo { hasNextPage } } } }',
            { id: at(consortium, 'id'), asOf: at(point, 'asOf') },
            '($id: ID!, $asOf: Date)',
          );
          const members = at(listed.data, 'catalogue', 'organisation', 'members');
          if (at(members, 'pageInfo', 'hasNextPage') !== false) continue;
          tried += 1;
          const country = String(at(consortium, 'id')).slice(0, 3);
          const rows = listAt(members, 'nodes').filter(
            // Members in other countries are not confirmed, and counted apart.
            (row) => countedRoles.includes(String(at(row, 'role'))) && String(at(row, 'memberId')).startsWith(country),
          );
          const distinct = new Set(rows.map((row) => at(row, 'memberId'))).size;
          findings.push(
            ...findUnless(at(point, 'knownMembers') === distinct, listed, `knownMembers ${distinct}`, point),
          );
        }
      }
      return tried === 0 && findings.length === 0 ? null : findings;
    },
  },
  {
    name: 'counts: a number of inhabitants is of the requested day or an earlier one',
    why: 'Otherwise a later figure is mistaken for one of the past.',
    run: async (subject) => {
      const result = await subject.queryCatalogue(
        'administrations(first: 50) { nodes { id population { count on } } }',
      );
      const dated = listAt(result.data, 'catalogue', 'administrations', 'nodes').find(
        (node) => typeof at(node, 'population', 'on') === 'string',
      );
      if (!dated) return null;
      const on = String(at(dated, 'population', 'on'));
      const then = await subject.queryCatalogue(
        'organisation(id: $id) { ... on Administration { same: population(asOf: $on) { count on } before: population(asOf: $before) { on } } }',
        { id: at(dated, 'id'), on, before: dayBefore(on) },
        '($id: ID!, $on: Date, $before: Date)',
      );
      const organisation = at(then.data, 'catalogue', 'organisation');
      const earlier = at(organisation, 'before', 'on') ?? null;
      return [
        ...findUnless(
          JSON.stringify(at(organisation, 'same')) === JSON.stringify(at(dated, 'population')),
          then,
          `the figure of ${on}, ${JSON.stringify(at(dated, 'population'))}`,
        ),
        ...findUnless(
          earlier === null || (typeof earlier === 'string' && earlier < on),
          then,
          `no figure of ${on} on the day before`,
        ),
      ];
    },
  },
  {
    name: 'counts: a denominator is null, except for kinds and days for which the list is complete',
    why: 'The count of an incomplete list is too small, and would make the share too large.',
    run: async (subject) => {
      const result = await subject.queryCatalogue(`completeSince { kind nuts since }
        now: administrationCount(kind: MUNICIPALITY) long: administrationCount(kind: MUNICIPALITY, asOf: "1700-01-01")
        listed: administrations(filter: { kind: MUNICIPALITY }, first: 0) { totalCount }`);
      const catalogue = at(result.data, 'catalogue');
      const since = listAt(catalogue, 'completeSince').filter(
        (line) => at(line, 'kind') === 'MUNICIPALITY' && (at(line, 'nuts') ?? null) === null,
      );
      const [now, long] = [at(catalogue, 'now') ?? null, at(catalogue, 'long') ?? null];
      const isComplete = since.some((line) => String(at(line, 'since')) <= new Date().toISOString().slice(0, 10));
      const expected = isComplete ? at(catalogue, 'listed', 'totalCount') : null;
      return [
        ...findUnless(
          now === expected,
          result,
          `administrationCount ${String(expected)} today, according to completeSince and the list`,
          now,
        ),
        ...findUnless(
          long === null || since.some((line) => String(at(line, 'since')) <= '1700-01-01'),
          result,
          'administrationCount null for 1700',
          long,
        ),
      ];
    },
  },
];
