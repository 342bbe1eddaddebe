import type { EntityManager } from 'typeorm';

import { parseOrganisationId } from '../../../../schema/values/organisation-id.js';
import type { NationalCatalogue } from '../../model/national-catalogue.js';
import { faultOf, keptNotation } from '../../model/identifiers.js';
import { nameOf } from '../../model/names.js';
import { createNameMatcher, type NameMatch } from '../../name-matching/match-name.js';
import type { NameCandidate } from '../../name-matching/name-candidate.js';
import type { OrganisationRow } from '../../model/rows.js';
import type { Candidate } from '../core/problem.js';
import { RowFault } from '../core/row-error.js';

/** What may stand in a cell: an administration, a consortium, or either. */
export type Sought = OrganisationRow['type'] | 'ORGANISATION';

/** The body that a cell means, and how sure that is: 1 for a code. */
export interface FoundOrganisation {
  readonly id: string;
  readonly confidence: number;
}

/** Finds the body that a cell means by its code or its name. Throws RowFault when there is none, or several may be meant. */
export type OrganisationFinder = (sought: Sought, column: string, written: string) => FoundOrganisation;

interface StoredOrganisation extends Pick<OrganisationRow, 'id' | 'type' | 'officialLanguages'> {
  readonly kind: NameCandidate['kind'];
  readonly names: readonly { readonly language: string; readonly text: string }[];
  readonly allNames: readonly string[];
  readonly areas: readonly string[];
  readonly isOver: boolean;
}

const maySeek: Readonly<Record<Sought, readonly OrganisationRow['type'][]>> = {
  ADMINISTRATION: ['ADMINISTRATION'],
  CONSORTIUM: ['CONSORTIUM'],
  ORGANISATION: ['ADMINISTRATION', 'CONSORTIUM'],
};

/** Whether a cell needs no finder: it holds an id. */
export const isOrganisationId = (written: string): boolean => parseOrganisationId(written) !== null;

/**
 * Makes a finder over the catalogue as it is now. A name means a body that has not ended, since a merged body often bears the
 * name of an older one; a code means whoever bore it.
 */
export async function createOrganisationFinder(
  national: NationalCatalogue,
  manager: EntityManager,
): Promise<OrganisationFinder> {
  const rows: StoredOrganisation[] = await manager.query(
    `SELECT id, type, kind, names, official_languages AS "officialLanguages",
      ARRAY(SELECT jsonb_array_elements(names || alternative_names) ->> 'text') AS "allNames",
      ARRAY(SELECT jsonb_each_text.value FROM jsonb_each_text(national)) AS areas,
      NOT exists_on(NULL, end_date, ended, CURRENT_DATE) AS "isOver"
    FROM organisation`,
  );
  const codes: { id: string; code: string }[] = await manager.query(
    `SELECT organisation_id AS id, scheme || ':' || notation AS code FROM identifier ORDER BY organisation_id`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const bearers = new Map<string, string[]>();
  for (const { id, code } of codes) bearers.set(code, [...(bearers.get(code) ?? []), id]);
  const matchers = new Map<Sought, (written: string) => NameMatch>();
  const matcherOf = (sought: Sought): ((written: string) => NameMatch) => {
    const there = matchers.get(sought) ?? createNameMatcher(candidatesAmong(rows, sought));
    matchers.set(sought, there);
    return there;
  };
  const open = (column: string, written: string, ids: readonly string[]): RowFault => {
    const candidates = ids.map((id): Candidate => {
      const row = byId.get(id);
      return { id, name: row ? nameOf(national, row) : id };
    });
    return new RowFault(column, faultOfName(written, candidates), candidates);
  };
  return (sought, column, written) => {
    const code = readCode(national, column, written);
    if (code !== null) {
      const ids = (bearers.get(code) ?? []).filter((id) =>
        maySeek[sought].includes(byId.get(id)?.type ?? 'CONSORTIUM'),
      );
      const [only, ...more] = ids;
      if (only === undefined || more.length > 0) throw open(column, written, ids);
      return { id: only, confidence: 1 };
    }
    const { administrationId: id, confidence, candidates } = matcherOf(sought)(written);
    if (id === null) {
      throw open(
        column,
        written,
        candidates.map(({ administrationId }) => administrationId),
      );
    }
    return { id, confidence: confidence ?? 0 };
  };
}

const candidatesAmong = (rows: readonly StoredOrganisation[], sought: Sought): NameCandidate[] =>
  rows
    .filter(({ type, isOver }) => maySeek[sought].includes(type) && !isOver)
    .map(({ id, kind, allNames, areas }) => ({ id, kind, names: allNames, areas }));

/** `BE_NIS:25110` as codes are kept; null for what begins with no register of this catalogue, which is a name then. */
function readCode({ schemes }: NationalCatalogue, column: string, written: string): string | null {
  const [name = '', ...rest] = written.split(':');
  const scheme = rest.length === 0 ? undefined : schemes.find((candidate) => candidate.scheme === name.trim());
  if (!scheme) return null;
  const notation = keptNotation(scheme, rest.join(':'));
  const fault = faultOf(scheme, notation);
  if (fault !== null) throw new RowFault(column, fault);
  return `${scheme.scheme}:${notation}`;
}

function faultOfName(written: string, candidates: readonly Candidate[]): string {
  const name = JSON.stringify(written.slice(0, 100));
  const list = candidates.map(({ id, name }) => `${id} (${name})`).join(', ');
  if (candidates.length === 0) return `${name} is no body of this catalogue, by id, by code or by name`;
  return `${name} may mean ${list}: write the id of the one that is meant`;
}
