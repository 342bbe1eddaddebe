export type Grant =
  | { readonly role: 'READER' }
  | { readonly role: 'CONSORTIUM_EDITOR'; readonly consortiumId: string }
  | { readonly role: 'ADMINISTRATION_EDITOR'; readonly administrationId: string }
  | { readonly role: 'CATALOGUE_EDITOR' }
  | { readonly role: 'ADMINISTRATOR' };
/** A logged-in user: the subject at its issuer (OpenID Connect), and the roles that the issuer grants in this catalogue. */
export interface Editor {
  readonly issuer: string;
  readonly subject: string;
  readonly grants: readonly Grant[];
}
