import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { useLanguage } from './use-language.js';

export interface PageLinkProps {
  /** A path of `model/paths.ts`, with search parameters if the view has any. */
  readonly to: string;
  readonly children: ReactNode;
  readonly className?: string;
  /** Keeps the position on the page: for a change of the view, such as a filter. */
  readonly keepsPosition?: boolean;
  /** `page` for the page that is shown, `true` for the value that is chosen. */
  readonly current?: 'page' | 'true' | undefined;
}

/** A link to a page in the reader's language. */
export function PageLink({ to, children, className, keepsPosition = false, current }: PageLinkProps) {
  const language = useLanguage();
  return (
    <Link to={`/${language}${to}`} className={className} preventScrollReset={keepsPosition} aria-current={current}>
      {children}
    </Link>
  );
}
