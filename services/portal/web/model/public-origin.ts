/** By which address other sites reach the portal. */
export interface PublicOrigin {
  /** Its scheme and host: `https://portal.example`. */
  readonly origin: string;
  /** Whether the operator has stated it (`PORTAL_PUBLIC_URL`). Otherwise it is that of this machine. */
  readonly isStated: boolean;
}
