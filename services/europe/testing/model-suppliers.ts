import type { SupplierFilter } from '../generated/resolver-types.js';
import { byKey, distinct } from './model-rules.js';
import { supplierNames } from './world-rows.js';
import type { World } from './world.js';

/** A statement of the world about a supplier. */
interface Statement {
  readonly name: string;
  readonly code: string | null;
  readonly country: string;
  readonly clientId: string | null;
  readonly address: string | null;
}

const keyOf = (written: string): string => supplierNames.find(([name]) => name === written)?.[1] ?? '';
const sortNameOf = (written: string): string => supplierNames.find(([name]) => name === written)?.[2] ?? '';

/** A supplier, with what it is listed and ordered by. */
export interface ModelSupplier {
  readonly id: string;
  readonly name: string;
  readonly sortName: string;
  readonly statements: readonly Statement[];
}

/** The suppliers of a world, in order. */
export function suppliersOf({ records, contracts }: World): ModelSupplier[] {
  const statements: Statement[] = [
    ...contracts.map((contract) => ({
      ...contract,
      name: contract.supplierName,
      code: contract.supplierIdentifier,
    })),
    ...records.flatMap(({ contractors, country, address }) =>
      contractors.map(({ name }) => ({ name, code: null, country, clientId: null, address })),
    ),
  ];
  const idOf = ({ name, code }: Statement): string => {
    const codes = distinct(
      statements.flatMap((other) => (keyOf(other.name) === keyOf(name) ? (other.code ?? []) : [])),
    );
    return `supplier:${code ?? (codes.length === 1 ? codes[0] : keyOf(name))}`;
  };
  const suppliers = distinct(statements.map(idOf)).map((id): ModelSupplier => {
    const own = statements.filter((statement) => idOf(statement) === id);
    const names = byKey(distinct(own.map(({ name }) => name)), (name) => [
      -own.filter((statement) => statement.name === name).length,
      name,
    ]);
    const name = names[0] ?? '';
    return { id, name, sortName: sortNameOf(name), statements: own };
  });
  return byKey(suppliers, ({ sortName, id }) => [sortName, id]);
}

/** Whether a supplier is listed. */
export const isListed = (
  { statements }: ModelSupplier,
  { countries, solution, client }: SupplierFilter,
  solutionAt: (address: string) => string,
): boolean =>
  (countries == null || statements.some(({ country }) => countries.includes(country))) &&
  (client == null || statements.some(({ clientId }) => clientId === client)) &&
  (solution == null ||
    statements.some(({ address }) => address !== null && solutionAt(address) === solutionAt(solution)));
