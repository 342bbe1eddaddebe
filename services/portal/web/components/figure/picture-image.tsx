import { type PictureParameters, picturePath } from '../../model/picture-paths.js';
import { useLanguage } from '../use-language.js';

interface PictureImageProps {
  /** The name of the picture, as in its address. */
  readonly picture: string;
  readonly parameters: PictureParameters;
  /** What the picture shows, for readers who do not see it. */
  readonly alt: string;
}

/** Screens on which the narrow picture is shown. */
const narrow = '(max-width: 40rem)';
const dark = '(prefers-color-scheme: dark)';

/** A picture in the theme and the size for the screen of its reader. It is drawn on the server, and only when it comes into view. */
export function PictureImage({ picture, parameters, alt }: PictureImageProps) {
  const language = useLanguage();
  const pathOf = (look: PictureParameters): string => picturePath(language, picture, { ...parameters, ...look });
  return (
    <picture>
      <source media={`screen and ${narrow} and ${dark}`} srcSet={pathOf({ size: 'narrow', theme: 'dark' })} />
      <source media={narrow} srcSet={pathOf({ size: 'narrow' })} />
      <source media={`screen and ${dark}`} srcSet={pathOf({ theme: 'dark' })} />
      <img src={pathOf({})} alt={alt} loading="lazy" decoding="async" width={720} height={420} />
    </picture>
  );
}
