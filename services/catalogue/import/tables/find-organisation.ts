import type { EntityManager } from 'typeorm';

import { parseOrganisationId } from '../../../../schema/values/organisation-id.js';
import type { NationalCatalogue } from '../../model/national-catalogue.js';
import { validateCode, canonicalNotation } from '../../model/identifiers.js';
import { nameOf } from '../../model/names.js';
import { createNameMatcher, type NameMatch } from '../../name-matching/match-name.js';
import type { NameCandidate } from '../../name-matching/name-candidate.js';
import type { OrganisationRow } from '../../model/rows.js';
import type { Candidate } from '../core/problem.js';
import { RowError } from '../core/row-error.js';

/** What may stand in a cell: an administration, a consortium, or either. */
export type ReferenceType = OrganisationRow['type'] | 'ORGANISATION';

/** The body that a cell means, and how sure that is: 1 for a code. */
export interface FoundOrganisation {
  readonly id: string;
  readonly confidence: number;
}

/** Finds the body that a cell means by its code or its name. Throws RowFault when there is none, or several may be meant. */
export type OrganisationFinder = (reference: ReferenceType, column: string, written: string) => FoundOrganisation;

interface StoredOrganisation extends Pick<OrganisationRow, 'id' | 'type' | 'officialLanguages'> {
  readonly kind: NameCandidate['kind'];
  readonly names: readonly { readonly language: string; readonly text: string }[];
  readonly allNames: readonly string[];
  readonly areas: readonly string[];
  readonly hasEnded: boolean;
}

const typesOfReference: Readonly<Record<ReferenceType, readonly OrganisationRow['type'][]>> = {
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
      NOT exists_on(NULL, end_date, ended, CURRENT_DATE) AS "hasEnded"
    FROM organisation`,
  );
  const codes: { id: string; code: string }[] = await manager.query(
    `SELECT organisation_id AS id, scheme || ':' || notation AS code FROM identifier ORDER BY organisation_id`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const holders = new Map<string, string[]>();
  for (const { id, code } of codes) holders.set(code, [...(holders.get(code) ?? []), id]);
  const matchers = new Map<ReferenceType, (written: string) => NameMatch>();
  const matcherOf = (reference: ReferenceType): ((written: string) => NameMatch) => {
    const there = matchers.get(reference) ?? createNameMatcher(candidatesAmong(rows, reference));
    matchers.set(reference, there);
    return there;
  };
  const unresolved = (column: string, written: string, ids: readonly string[]): RowError => {
    const candidates = ids.map((id): Candidate => {
      const row = byId.get(id);
      return { id, name: row ? nameOf(national, row) : id };
    });
    return new RowError(column, describeUnresolved(written, candidates), candidates);
  };
  return (reference, column, written) => {
    const code = parseCode(national, column, written);
    if (code !== null) {
      const ids = (holders.get(code) ?? []).filter((id) =>
        typesOfReference[reference].includes(byId.get(id)?.type ?? 'CONSORTIUM'),
      );
      const [only, ...more] = ids;
      if (only === undefined || more.length > 0) throw unresolved(column, written, ids);
      return { id: only, confidence: 1 };
    }
    const { administrationId: id, confidence, candidates } = matcherOf(reference)(written);
    if (id === null) {
      throw unresolved(
        column,
        written,
        candidates.map(({ administrationId }) => administrationId),
      );
    }
    return { id, confidence: confidence ?? 0 };
  };
}

const candidatesAmong = (rows: readonly StoredOrganisation[], reference: ReferenceType): NameCandidate[] =>
  rows
    .filter(({ type, hasEnded }) => typesOfReference[reference].includes(type) && !hasEnded)
    .map(({ id, kind, allNames, areas }) => ({ id, kind, names: allNames, areas }));

/** `BE_NIS:25110` as codes are kept; null for what begins with no register of this catalogue, which is a name then. */
function parseCode({ schemes }: NationalCatalogue, column: string, written: string): string | null {
  const [name = '', ...rest] = written.split(':');
  const scheme = rest.length === 0 ? undefined : schemes.find((candidate) => candidate.scheme === name.trim());
  if (!scheme) return null;
  const notation = canonicalNotation(scheme, rest.join(':'));
  const error = validateCode(scheme, notation);
  if (error !== null) throw new RowError(column, error);
  return `${scheme.scheme}:${notation}`;
}

function describeUnresolved(written: string, candidates: readonly Candidate[]): string {
  const name = JSON.stringify(written.slice(0, 100));
  const list = candidates.map(({ id, name }) => `${id} (${name})`).join(', ');
  if (candidates.length === 0) return `${name} is no body of this catalogue, by id, by code or by name`;
  return `${name} may mean ${list}: write the id of the one that is meant`;
}
