import { type OperationDefinitionNode, OperationTypeNode } from 'graphql';

import { collectSelectedFields, type SelectedFields } from '../../kit/graphql/selected-fields.js';
import type { RequestContext } from '../../kit/observability/request-context.js';
import type { Catalogue } from '../model/national-catalogue.js';
import type { RowWidth, RowWidths } from '../model/row-widths.js';

const whole: RowWidths = { organisations: 'whole', memberships: 'whole', besideMemberships: null };

/** The fields of organisations that are resolved from the columns in `narrowOrganisation`. */
const organisationFields = [
  ...['__typename', 'id', 'ref', 'name', 'nameLanguage', 'country', 'kind', 'identifiers', 'memberships'],
  ...['population', 'predecessors', 'successors', 'adoptions', 'needs', 'members', 'coverage', 'growth'],
];
/** The fields that are resolved from the other columns in `plainOrganisation`. */
const plainFields = ['level', 'nuts', 'lau', 'homepage', 'legalForm'];
/** The fields of memberships that are resolved from the columns in `narrowMembership`. */
const membershipFields = ['__typename', 'id', 'role', 'member', 'consortium', 'country', 'confirmed'];

const widths = new WeakMap<OperationDefinitionNode, RowWidths>();

/**
 * Returns how much of their rows the operation of a request needs: most select few fields, and reading a whole organisation takes
 * several times as long. There are three widths and not one for each selection, because every statement is prepared on each connection.
 */
export function findRowWidths({ operation }: RequestContext, catalogue: Catalogue): RowWidths {
  if (operation?.operation.operation !== OperationTypeNode.QUERY) return whole;
  const known = widths.get(operation.operation);
  if (known) return known;
  const found = computeRowWidths(collectSelectedFields(operation.schema, operation.document), catalogue);
  widths.set(operation.operation, found);
  return found;
}

function computeRowWidths(selected: SelectedFields, catalogue: Catalogue): RowWidths {
  const { administrationFields, consortiumFields } = catalogue;
  const codes = Object.entries({ ...administrationFields, ...consortiumFields })
    .filter(([, field]) => 'code' in field)
    .map(([name]) => name);
  const { adjective } = catalogue.country;
  const organisationTypes = ['Administration', 'Consortium', 'Organisation'].flatMap((type) => [
    type,
    adjective + type,
  ]);
  const selectsOnly = (types: readonly string[], fields: readonly string[]): boolean =>
    types.every((type) => [...(selected.get(type) ?? [])].every((name) => fields.includes(name)));
  const widthOf = (): RowWidth => {
    const narrow = [...organisationFields, ...codes];
    if (selectsOnly(organisationTypes, narrow)) return 'narrow';
    return selectsOnly(organisationTypes, [...narrow, ...plainFields]) ? 'plain' : 'whole';
  };
  const organisations = widthOf();
  const memberships = selectsOnly(['Membership'], membershipFields) ? 'narrow' : 'whole';
  const areBeside = memberships === 'narrow' && selected.get('Membership')?.has('consortium') === true;
  return {
    organisations,
    memberships,
    besideMemberships: areBeside && organisations !== 'whole' ? organisations : null,
  };
}
