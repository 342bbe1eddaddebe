import { useId } from 'react';
import { FormattedMessage } from 'react-intl';

import { embedPath, type PictureParameters } from '../../model/picture-paths.js';
import { usePublicOrigin } from '../public-origin.js';
import { useLanguage } from '../use-language.js';

interface EmbedCodeProps {
  readonly picture: string;
  readonly parameters: PictureParameters;
  /** The title of the frame, which screen readers read. */
  readonly title: string;
}

/** The text with which another site shows the picture, by the address of the portal. */
export function EmbedCode({ picture, parameters, title }: EmbedCodeProps) {
  const language = useLanguage();
  const id = useId();
  const address = `${usePublicOrigin()}${embedPath(language, picture, parameters)}`;
  const code = `<iframe src="${escapeAttribute(address)}" title="${escapeAttribute(title)}" width="760" height="640" loading="lazy"></iframe>`;
  return (
    <details>
      <summary>
        <FormattedMessage id="figures.embed" />
      </summary>
      <label htmlFor={id}>
        <FormattedMessage id="figures.embed.hint" />
      </label>
      <textarea id={id} className="embed-code" readOnly rows={3} value={code} />
    </details>
  );
}

const escapeAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
