import type { EntityManager } from 'typeorm';

import { parseOrganisationId } from '../../../../schema/values/organisation-id.js';
import type { NationalCatalogue } from '../../model/national-catalogue.js';
import { canonicalNotation } from '../../model/identifiers.js';
import { chooseName } from '../../model/names.js';
import { createNameMatcher, type NameMatch } from '../../name-matching/match-name.js';
import type { NameCandidate } from '../../name-matching/name-candidate.js';
import type { OrganisationRow } from '../../model/rows.js';
import type { Candidate } from '../core/problem.js';
import { RowError } from '../core/row-error.js';
import type { ReferenceType } from './table-definitions.js';
import { validateWrittenCode } from './row-checks.js';

/** The organisation that a cell refers to, and how certain that is: 1 for a code. */
interface FoundOrganisation {
  readonly id: string;
  readonly confidence: number;
}

/** Finds an organisation by a code or a name. Throws RowError if it is unknown or ambiguous. */
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

/** Whether a cell contains an id, which needs no finder. */
export const isOrganisationId = (written: string): boolean => parseOrganisationId(written) !== null;

/**
 * Creates a finder over the current catalogue. A name refers to organisations that have not ended, since a merged organisation
 * often has the name of an older one; a code refers to any organisation that has held it.
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
    const cached = matchers.get(reference) ?? createNameMatcher(candidatesAmong(rows, reference));
    matchers.set(reference, cached);
    return cached;
  };
  const unresolved = (column: string, written: string, ids: readonly string[]): RowError => {
    const candidates = ids.map((id): Candidate => {
      const row = byId.get(id);
      return { id, name: row ? chooseName(national, row) : id };
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

/** The canonical form of a code such as `BE_NIS:25110`; null if it does not begin with a register of this catalogue: then it is a name. */
function parseCode({ schemes }: NationalCatalogue, column: string, written: string): string | null {
  const [name = '', ...rest] = written.split(':');
  const scheme = rest.length === 0 ? undefined : schemes.find((candidate) => candidate.scheme === name.trim());
  if (!scheme) return null;
  const notation = canonicalNotation(scheme, rest.join(':'));
  const error = validateWrittenCode(scheme, notation);
  if (error !== null) throw new RowError(column, error);
  return `${scheme.scheme}:${notation}`;
}

function describeUnresolved(written: string, candidates: readonly Candidate[]): string {
  const name = JSON.stringify(written.slice(0, 100));
  const list = candidates.map(({ id, name }) => `${id} (${name})`).join(', ');
  if (candidates.length === 0) return `${name} is not the id, code or name of an organisation of this catalogue`;
  return `${name} is ambiguous: write the id of one of ${list}`;
}
