import { pageSql } from '../../kit/database/keyset.js';
import { createParameters, type Parameters, keyArray, keysSql } from '../../kit/database/sql-parameters.js';
import type { ParentBatch } from '../../kit/graphql/loaders.js';
import type { Page } from '../../kit/graphql/pagination.js';
import type { Search } from '../../shared/name-search.js';
import { exactMatchSql } from '../../shared/name-search-sql.js';
import { countsOn } from '../../shared/validity.js';
import { toSearchedCode } from '../crosswalk/codes.js';
import { conceptKey, topicScheme } from '../crosswalk/crosswalk.js';
import { relations } from '../crosswalk/relations.js';
import type { NeedCountryCount, NeedState, NeedStateCount } from '../generated/resolver-types.js';
import type { Query } from '../index-database.js';
import type { NeedListOrder } from '../list-keys.js';
import type { NeedHolderRow, NeedRow, StatedMatch } from '../need-rows.js';

/** Which needs are listed. */
export interface NeedSelection {
  readonly search: Search | null;
  /** The codes of which a need must have one, the best first; null for all needs. */
  readonly matches: readonly StatedMatch[] | null;
  readonly holder: string | null;
  readonly countries: readonly string[] | null;
  readonly state: NeedState | null;
  readonly day: string;
  readonly order: NeedListOrder;
}

/** A need in a list, and the best of the codes by which it was found. */
export type ListedNeed = NeedRow & {
  readonly sortName: string;
  readonly orderKey: number;
  readonly matchedKey: string | null;
};

/** Which of a need's holders are listed. */
export interface HolderFilter {
  readonly state: NeedState | null;
  readonly nuts: string | null;
}

interface DatedParent {
  readonly parentId: string;
  readonly parentDay: string;
}

const requestedParents = `unnest(${keysSql}, ${keyArray('$2', 'date')}) AS parent (id, day)`;
const parentColumns = 'parent.id AS "parentId", parent.day AS "parentDay"';

const needRow = `n.content || jsonb_build_object('country', n.country,
  'catalogueLanguages', (SELECT languages FROM catalogue WHERE catalogue.country = n.country)) AS row`;

const holderRow = `h.content || jsonb_build_object('id', h.id, 'country', h.country, 'needId', h.need_id, 'holderId', h.holder_id,
  'holdersKind', h.holders_kind, 'holdersNuts', h.holders_nuts, 'state', h.state, 'amount', trim_scale(h.amount)::text,
  'currency', h.currency, 'metBy', h.met_by) AS row`;

const where = (conditions: readonly string[]): string =>
  conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';

/** Whether an administration `o` inherits a rule `h`: a country's code as area is the whole country. */
export const inherits = (administration: string, rule: string): string =>
  `${administration}.type = 'ADMINISTRATION' AND ${administration}.kind = ${rule}.holders_kind
    AND (${rule}.holders_nuts = ${administration}.country OR starts_with(${administration}.nuts, ${rule}.holders_nuts))`;

/** What an organisation needs on a day: statements about it, and the rules that it inherits. */
export const heldBySql = (organisation: string, day: string): string => `
  SELECT h.* FROM counted_need_holder h WHERE h.holder_id = ${organisation} AND ${countsOn('h', day)}
  UNION ALL
  SELECT h.* FROM organisation o JOIN counted_need_holder h ON ${inherits('o', 'h')}
  WHERE o.id = ${organisation} AND ${countsOn('h', day)} AND NOT EXISTS (
    SELECT FROM counted_need_holder own
    WHERE own.holder_id = ${organisation} AND own.need_id = h.need_id AND ${countsOn('own', day)})`;

/** A holder that is not a rule: without reading the content, except for one that is known only by a name. */
const holderSql = `coalesce(h.holder_id, CASE WHEN h.holders_kind IS NULL THEN h.content ->> 'rawName' END)`;

/** What counts read of a holder. */
const countedColumns = `h.state, h.holders_kind, h.amount, h.currency, ${holderSql} AS holder`;

/** The numbers of holders and rules of the rows of `listed`, and the sums of their amounts by currency, for each value of these columns. */
const countStatesSql = (listed: string, columns: string): string => `
  SELECT ${columns}, sum(holders)::int AS holders, sum(rules)::int AS rules,
    coalesce(jsonb_agg(jsonb_build_object('amount', amount, 'currency', currency) ORDER BY currency)
      FILTER (WHERE currency IS NOT NULL), '[]') AS amounts
  FROM (
    -- Each holder once by hashing, which takes a fraction of the time of count(DISTINCT): that sorts them.
    SELECT ${columns}, NULL AS currency, NULL AS amount, count(holder) AS holders, sum(rules) AS rules
    FROM (SELECT ${columns}, holder, count(holders_kind) AS rules FROM ${listed} GROUP BY ${columns}, holder) one GROUP BY ${columns}
    UNION ALL
    SELECT ${columns}, currency, trim_scale(sum(amount))::text, 0, 0 FROM ${listed} WHERE currency IS NOT NULL GROUP BY ${columns}, currency
  ) counted GROUP BY ${columns}`;

const stateOrder = (state: string): string => `array_position('{STATED,FUNDED,TENDERED,MET,WITHDRAWN}', ${state})`;

/** Reads needs and their holders. */
export const createNeedRepository = (query: Query) => ({
  findPage: async (selection: NeedSelection, page: Page): Promise<ListedNeed[]> => {
    const parameters = createParameters();
    const listed = selection.order.field === 'HOLDERS' ? orderedByHoldersSql : listedSql;
    const from = listed(selection, parameters);
    const { conditions, orderAndLimit } = pageSql(page, needOrderSql(selection.order), parameters);
    const rows = await query<Omit<ListedNeed, keyof NeedRow> & { readonly row: NeedRow }>(
      `SELECT ${needRow}, n.sort_name AS "sortName", n.order_key AS "orderKey", n.key AS "matchedKey"
      FROM (${from}) n ${where(conditions)} ${orderAndLimit}`,
      parameters.values,
    );
    return rows.map(({ row, ...listedNeed }) => ({ ...row, ...listedNeed }));
  },

  count: async (selection: NeedSelection): Promise<number> => {
    const parameters = createParameters();
    const [found] = await query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (${listedSql(selection, parameters)}) n`,
      parameters.values,
    );
    return found?.count ?? 0;
  },

  /** The needs of a list by country and relation, and their holders on its day. */
  countCountries: (selection: NeedSelection): Promise<NeedCountryCount[]> => {
    const parameters = createParameters();
    const listed = listedSql(selection, parameters);
    const day = `${parameters(selection.day)}::date`;
    return query<NeedCountryCount>(
      `WITH listed AS MATERIALIZED (${listed}),
      held AS MATERIALIZED (
        SELECT listed.country AS listed_in, listed.relation, h.need_id, h.holder_id, h.holders_nuts, ${countedColumns}
        FROM listed JOIN counted_need_holder h ON h.need_id = listed.id
        WHERE ${countsOn('h', day)}
      ), stated AS MATERIALIZED (
        ${countStatesSql('held', 'listed_in, relation, state')}
      ), inherited AS (
        SELECT r.listed_in, r.relation, count(DISTINCT o.id)::int AS administrations
        FROM held r JOIN organisation o ON ${inherits('o', 'r')} AND exists_on(o.start_date, o.end_date, o.ended, ${day})
        WHERE r.holders_kind IS NOT NULL
          AND NOT EXISTS (SELECT FROM held own WHERE own.need_id = r.need_id AND own.holder_id = o.id)
        GROUP BY 1, 2
      )
      SELECT c.country, c.relation, c.needs, coalesce(inherited.administrations, 0) AS inherited, (
          SELECT coalesce(jsonb_agg(jsonb_build_object('state', s.state, 'holders', s.holders, 'rules', s.rules, 'amounts', s.amounts)
            ORDER BY ${stateOrder('s.state')}), '[]')
          FROM stated s WHERE s.listed_in = c.country AND s.relation IS NOT DISTINCT FROM c.relation
        ) AS states
      FROM (SELECT country, relation, count(*)::int AS needs FROM listed GROUP BY 1, 2) c
      LEFT JOIN inherited ON inherited.listed_in = c.country AND inherited.relation IS NOT DISTINCT FROM c.relation
      ORDER BY ${relationOrder('c.relation')}, c.country`,
      parameters.values,
    );
  },

  findByIds: async (ids: readonly string[]): Promise<NeedRow[]> => {
    const rows = await query<{ readonly row: NeedRow }>(`SELECT ${needRow} FROM need n WHERE n.id = ANY (${keysSql})`, [
      ids,
    ]);
    return rows.map(({ row }) => row);
  },

  /** Of each need, one page of holders by id. */
  findHolders: async (parents: ParentBatch, { page, ...filter }: HolderFilter & { readonly page: Page }) => {
    const parameters = parametersOf(parents);
    const conditions = holderConditions(filter, parameters);
    const paging = pageSql(page, { columns: ['h.id'], descending: false }, parameters);
    const rows = await query<DatedParent & { readonly row: NeedHolderRow }>(
      `SELECT found.* FROM ${requestedParents} CROSS JOIN LATERAL (
        SELECT ${holderRow}, ${parentColumns} FROM counted_need_holder h
        ${where([...conditions, ...paging.conditions])} ${paging.orderAndLimit}) found`,
      parameters.values,
    );
    return rows.map(({ row, parentId, parentDay }) => ({ ...row, parentId, parentDay }));
  },

  countHolders: (parents: ParentBatch, filter: HolderFilter) => {
    const parameters = parametersOf(parents);
    return query<DatedParent & { readonly count: number }>(
      `SELECT ${parentColumns}, (
        SELECT count(*)::int FROM counted_need_holder h ${where(holderConditions(filter, parameters))}) AS count
      FROM ${requestedParents}`,
      parameters.values,
    );
  },

  /** The holders of each need by state. */
  countHolderStates: (parents: ParentBatch, filter: HolderFilter) => {
    const parameters = parametersOf(parents);
    return query<NeedStateCount & DatedParent>(
      `SELECT ${parentColumns}, found.* FROM ${requestedParents} CROSS JOIN LATERAL (
        WITH listed AS MATERIALIZED (
          SELECT ${countedColumns} FROM counted_need_holder h ${where(holderConditions(filter, parameters))}
        ) ${countStatesSql('listed', 'state')}
      ) found ORDER BY ${stateOrder('found.state')}`,
      parameters.values,
    );
  },

  /** The countries whose contract has no needs, and those without a code list. */
  findIncomplete: () =>
    query<{ readonly country: string; readonly hasNeeds: boolean; readonly hasCodeLists: boolean }>(
      `SELECT c.country, c.has_needs AS "hasNeeds", EXISTS (SELECT FROM code_list l WHERE l.country = c.country) AS "hasCodeLists"
      FROM catalogue c`,
    ),
});

function parametersOf({ ids, days }: ParentBatch): Parameters {
  const parameters = createParameters();
  parameters(ids);
  parameters(days);
  return parameters;
}

function holderConditions({ state, nuts }: HolderFilter, parameter: Parameters): string[] {
  const area = nuts === null ? null : parameter(nuts);
  return [
    'h.need_id = parent.id',
    countsOn('h', 'parent.day'),
    ...(state === null ? [] : [`h.state = ${parameter(state)}`]),
    ...(area === null
      ? []
      : [`(starts_with(h.nuts, ${area}) OR h.holders_kind IS NOT NULL AND starts_with(${area}, h.holders_nuts))`]),
  ];
}

const relationOrder = (relation: string): string => `array_position('{${relations.join(',')}}', ${relation})`;

/** By what a need is found: its codes; and by what its statements are about, if no one maps one of its codes to a topic. */
const keysOfNeed = `(n.codes || CASE WHEN EXISTS (
    SELECT FROM unnest(n.codes) AS code JOIN (
      SELECT scheme, notation FROM code_mapping JOIN code USING (country, scheme, notation) WHERE to_scheme = '${topicScheme}'
      UNION ALL SELECT scheme, notation FROM europe_mapping JOIN code USING (scheme, notation)
    ) m ON m.scheme = split_part(code, ':', 1) AND m.notation = substr(code, strpos(code, ':') + 1)
  ) THEN '{}' ELSE n.text_topics END)`;

const needOrderSql = ({ field, direction }: NeedListOrder) =>
  field === 'NAME'
    ? { columns: ['n.sort_name', 'n.id'], descending: direction === 'DESC' }
    : { columns: ['n.order_key', 'n.sort_name', 'n.id'], descending: false };

/** The needs of a list, with the number of holders as the order's key: negated where the largest comes first. */
function orderedByHoldersSql(selection: NeedSelection, parameter: Parameters): string {
  const { state, day, order } = selection;
  const ofState = state === null ? [] : [`h.state = ${parameter(state)}`];
  return `WITH listed AS MATERIALIZED (${listedSql(selection, parameter)}), held AS MATERIALIZED (
      -- Not count(DISTINCT), which sorts.
      SELECT need_id, count(holder)::int AS holders FROM (
        SELECT DISTINCT h.need_id, ${holderSql} AS holder FROM listed JOIN counted_need_holder h ON h.need_id = listed.id
        ${where([countsOn('h', `${parameter(day)}::date`), ...ofState])}
      ) named GROUP BY 1
    )
    SELECT listed.id, listed.country, listed.content, listed.sort_name, listed.key,
      ${order.direction === 'DESC' ? '-' : ''}coalesce(held.holders, 0) AS order_key
    FROM listed LEFT JOIN held ON held.need_id = listed.id`;
}

/** Search ranks are smaller than this. */
const searchRanks = 4;

/** The needs of a list, each with its best code `key`, the relation of that, and its place in the order. */
function listedSql({ search, matches, holder, countries, state, day }: NeedSelection, parameter: Parameters): string {
  const match = search && exactMatchSql([...search.spellings, toSearchedCode(search.words)], parameter);
  const keys = matches && `${parameter(matches.map(({ to }) => conceptKey(to)))}::text[]`;
  const held = [...(state === null ? [] : [`h.state = ${parameter(state)}`])];
  const onDay = `${parameter(day)}::date`;
  const conditions = [
    // Without a condition on the day, PostgreSQL would not know the type of its value.
    `${onDay} IS NOT NULL`,
    ...(match ? [match.wordsBegin] : []),
    ...(keys === null ? [] : [`${keysOfNeed} && ${keys}`]),
    ...(countries === null ? [] : [`n.country = ANY (${parameter(countries)})`]),
    ...(holder === null
      ? state === null
        ? []
        : // Not EXISTS, for which all holders in this state are read: a need has thousands, of which one is enough.
          [
            `(SELECT true FROM counted_need_holder h ${where(['h.need_id = n.id', countsOn('h', onDay), ...held])} LIMIT 1)`,
          ]
      : [`EXISTS (SELECT FROM (${heldBySql(parameter(holder), onDay)}) h ${where(['h.need_id = n.id', ...held])})`]),
  ];
  const rank = match ? `CASE WHEN ${match.name} THEN 0 WHEN ${match.nameBegins} THEN 1 ELSE 2 END` : '0';
  const best =
    keys === null
      ? `(SELECT NULL::text AS key, NULL::text AS relation) best`
      : `LATERAL (
          SELECT matched.key, matched.relation
          FROM unnest(${keys}, ${parameter(matches?.map(({ relation }) => relation))}::text[])
            WITH ORDINALITY AS matched (key, relation, place)
          WHERE matched.key = ANY (${keysOfNeed}) ORDER BY matched.place LIMIT 1
        ) best`;
  return `SELECT n.*, best.key, best.relation,
      (coalesce(${relationOrder('best.relation')}, 0) * ${searchRanks} + ${rank})::int AS order_key
    FROM need n CROSS JOIN ${best} ${where(conditions)}`;
}
