import type { ReactNode } from 'react';

interface ExternalLinkProps {
  /** An address that a source states. It may be anything. */
  readonly href: string;
  /** Default: the address, without its protocol. */
  readonly children?: ReactNode;
}

/** A link to another site. Only addresses of the web are links; any other is shown as text. */
export function ExternalLink({ href, children }: ExternalLinkProps) {
  const content = children ?? <bdi className="address">{href.replace(/^https?:\/\//, '').replace(/\/$/, '')}</bdi>;
  return isWebAddress(href) ? (
    <a href={href} rel="noreferrer" className="external">
      {content}
    </a>
  ) : (
    <>{content}</>
  );
}

export function isWebAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text)) return false;
  try {
    return new URL(text).hostname !== '';
  } catch {
    return false;
  }
}
