export type Grant =
  | { readonly role: 'READER' }
  | { readonly role: 'CONSORTIUM_EDITOR'; readonly consortiumId: string }
  | { readonly role: 'ADMINISTRATION_EDITOR'; readonly administrationId: string }
  | { readonly role: 'CATALOGUE_EDITOR' }
  | { readonly role: 'ADMINISTRATOR' };
/** Who is logged in: the subject at their issuer (OpenID Connect), and what that issuer says they may do here. */
export interface Editor {
  readonly issuer: string;
  readonly subject: string;
  readonly grants: readonly Grant[];
}
