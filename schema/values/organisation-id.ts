/** An id taken apart. */
export interface OrganisationId {
  /** The country's code in lower case. */
  readonly country: string;
  readonly type: 'administration' | 'consortium';
}

/** The form of ids: of one country and type, or of any. */
export const organisationIdPattern = (country = '[a-z]{2}', type = 'administration|consortium'): RegExp =>
  new RegExp(`^(${country}):(${type}):[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$`);

const form = organisationIdPattern();

/** For messages: what an id looks like. */
export const organisationIdFormat =
  'country:administration:code or country:consortium:code, for example dk:administration:0820';

/** Parses the id of an organisation. Null if it is malformed; only its country knows whether the organisation exists. */
export function parseOrganisationId(id: string): OrganisationId | null {
  const [, country, type] = form.exec(id) ?? [];
  return country === undefined ? null : { country, type: type as OrganisationId['type'] };
}
