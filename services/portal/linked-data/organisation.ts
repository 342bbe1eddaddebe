import { describeValue } from './concepts.js';
import {
  addressOf,
  areaOf,
  type Base,
  date,
  known,
  type LinkedNode,
  literal,
  optional,
  reference,
  type Source,
  sourceOf,
} from './context.js';

interface Period {
  readonly start: string | null;
  readonly end: string | null;
}

/** A membership, as `operations/resource.graphql` and `operations/membership.graphql` select it. */
export interface Membership {
  readonly id: string;
  readonly consortiumId: string;
  readonly memberId: string;
  readonly role: string;
  readonly during: Period;
  readonly provenance: Source;
}

/** An organisation, as `operations/resource.graphql` selects it. */
export interface Organisation {
  readonly __typename: string;
  readonly id: string;
  readonly names: readonly { readonly language: string; readonly text: string }[];
  readonly alternativeNames: readonly { readonly language: string; readonly text: string }[];
  readonly homepage: string | null;
  readonly identifiers: readonly { readonly scheme: string; readonly notation: string }[];
  readonly existed: Period;
  readonly memberships: readonly (Membership | null)[] | null;
  readonly provenance: Source;
  readonly administrationKind?: string;
  readonly consortiumKind?: string;
  readonly nuts?: string | null;
}

/** CPOV and W3C ORG: an organisation, its identifiers, and its memberships with their intervals. */
export function describeOrganisation(base: Base, organisation: Organisation): LinkedNode[] {
  const { id, names, alternativeNames, homepage, identifiers, existed, nuts } = organisation;
  const address = addressOf(base, id);
  const isConsortium = organisation.__typename.endsWith('Consortium');
  const identifierNodes = identifiers.map(({ scheme, notation }) => ({
    '@id': `${address}#${encodeURIComponent(`${scheme}-${notation}`)}`,
    '@type': 'adms:Identifier',
    'skos:notation': notation,
    'adms:schemaAgency': scheme,
  }));
  const kind = isConsortium
    ? describeValue(base, 'consortium-kind', organisation.consortiumKind ?? 'OTHER')
    : describeValue(base, 'administration-kind', organisation.administrationKind ?? 'OTHER');
  const memberships = (organisation.memberships ?? []).flatMap((membership) =>
    membership ? describeMembership(base, membership) : [],
  );
  return [
    {
      '@id': address,
      '@type': isConsortium
        ? ['org:Organization', 'org:OrganizationalCollaboration']
        : ['org:Organization', 'org:FormalOrganization', 'm8g:PublicOrganisation'],
      ...known({
        'dct:identifier': id,
        'skos:prefLabel': names.map(literal),
        'skos:altLabel': alternativeNames.map(literal),
        'adms:identifier': identifierNodes.map((node) => reference(node['@id'])),
        'org:classification': reference(kind['@id']),
        'foaf:homepage': optional(homepage, reference),
        'dct:spatial': optional(nuts, (code) => reference(areaOf(code)['@id'])),
        'dct:issued': optional(existed.start, date),
        'org:hasMembership': memberships
          .filter((node) => node['@type'] === 'org:Membership')
          .map((node) => reference(node['@id'])),
      }),
      ...sourceOf(organisation.provenance),
    },
    kind,
    ...(homepage === null ? [] : [{ '@id': homepage, '@type': 'foaf:Document' }]),
    ...(nuts ? [areaOf(nuts)] : []),
    ...identifierNodes,
    ...memberships,
  ];
}

/** ORG: a membership, which the document of its member contains, too. */
export function describeMembership(base: Base, membership: Membership): LinkedNode[] {
  const { id, memberId, consortiumId, role, during, provenance } = membership;
  const own = addressOf(base, id);
  const roleNode = describeValue(base, 'membership-role', role);
  const instants = (['start', 'end'] as const).flatMap((end) => {
    const day = during[end];
    return day === null ? [] : [{ '@id': `${own}#${end}`, '@type': 'time:Instant', 'time:inXSDDate': date(day), end }];
  });
  const find = (wanted: 'start' | 'end') => instants.find(({ end }) => end === wanted);
  const interval = {
    '@id': `${own}#interval`,
    '@type': 'time:Interval',
    ...known({
      'time:hasBeginning': optional(find('start'), (node) => reference(node['@id'])),
      'time:hasEnd': optional(find('end'), (node) => reference(node['@id'])),
    }),
  };
  return [
    {
      '@id': own,
      '@type': 'org:Membership',
      'dct:identifier': id,
      'org:member': reference(addressOf(base, memberId)),
      'org:organization': reference(addressOf(base, consortiumId)),
      'org:role': reference(roleNode['@id']),
      ...(instants.length > 0 ? { 'org:memberDuring': reference(interval['@id']) } : {}),
      ...sourceOf(provenance),
    },
    roleNode,
    ...(instants.length > 0 ? [interval, ...instants.map(({ end: _end, ...node }) => node)] : []),
  ];
}
