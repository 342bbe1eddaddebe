import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';

import { type PictureParameters, picturePath, pictureTablePath } from '../../model/picture-paths.js';
import { useLanguage } from '../use-language.js';
import { EmbedCode } from './embed-code.js';
import { PictureImage } from './picture-image.js';
import { PngButton } from './png-button.js';

interface FigureProps {
  /** The name of the picture, as in its address. */
  readonly picture: string;
  readonly parameters?: PictureParameters;
  /** What the picture shows, for readers who do not see it. */
  readonly alt: string;
  /** The data of the picture as a table. None, if the page shows the table beside it. */
  readonly table?: ReactNode;
  /** What is said below the picture. Its sources are in the picture itself. */
  readonly children?: ReactNode;
}

/** A picture of the portal with its data, and with what is needed to save and embed it. */
export function Figure({ picture, parameters = {}, alt, table, children }: FigureProps) {
  const language = useLanguage();
  const path = picturePath(language, picture, parameters);
  return (
    <figure className="picture">
      <PictureImage picture={picture} parameters={parameters} alt={alt} />
      <figcaption>
        {children}
        <p className="picture-links">
          <FormattedMessage id="figures.save" />{' '}
          <a href={path} download={`${picture}.svg`}>
            SVG
          </a>{' '}
          <PngButton path={path} name={`${picture}.png`} />
        </p>
        <p className="picture-links">
          <FormattedMessage id="figures.saveData" />{' '}
          <a href={pictureTablePath(language, picture, parameters)} download={`${picture}.csv`}>
            CSV
          </a>
        </p>
        {table !== undefined && (
          <details>
            <summary>
              <FormattedMessage id="figures.asTable" />
            </summary>
            {table}
          </details>
        )}
        <EmbedCode picture={picture} parameters={parameters} title={alt} />
      </figcaption>
    </figure>
  );
}
