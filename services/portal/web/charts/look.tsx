import { createContext, useContext } from 'react';

/**
 * The colours of a picture, those of styles/base.css. A picture stands alone, so that it can be saved and embedded: it has no style
 * sheet.
 */
export interface Palette {
  readonly background: string;
  readonly text: string;
  readonly quietText: string;
  readonly grid: string;
  /** What a catalogue counts. */
  readonly count: string;
  /** What someone published. */
  readonly claim: string;
  /** Land of which nothing is shown. */
  readonly land: string;
  /** Regions of which something may be shown. */
  readonly region: string;
  /** From nothing to much, each with the colour of a text on it. */
  readonly heat: readonly { readonly fill: string; readonly text: string }[];
}

const light: Palette = {
  background: '#ffffff',
  text: '#1b2330',
  quietText: '#55606e',
  grid: '#cdd4dd',
  count: '#1a56a0',
  claim: '#a8480c',
  land: '#ececf0',
  region: '#d3dbe6',
  heat: [
    { fill: '#f3f4f7', text: '#1b1b1f' },
    { fill: '#d6e4f5', text: '#1b1b1f' },
    { fill: '#9fc3ea', text: '#1b1b1f' },
    { fill: '#4f8fd0', text: '#000000' },
    { fill: '#1f5fa8', text: '#ffffff' },
    { fill: '#0d3566', text: '#ffffff' },
  ],
};

const dark: Palette = {
  background: '#12171e',
  text: '#e6eaf0',
  quietText: '#a9b4c2',
  grid: '#3b4655',
  count: '#8dbbf5',
  claim: '#f0a86b',
  land: '#1d252f',
  region: '#333f4e',
  heat: [
    { fill: '#1d252f', text: '#e6eaf0' },
    { fill: '#1c3454', text: '#f0f0f3' },
    { fill: '#22508a', text: '#ffffff' },
    { fill: '#3f7cc0', text: '#000000' },
    { fill: '#7fb4ee', text: '#0b0c0f' },
    { fill: '#c4dffb', text: '#0b0c0f' },
  ],
};

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const sizes = ['wide', 'narrow'] as const;
export type Size = (typeof sizes)[number];

/** How a picture is drawn. */
export interface Look {
  readonly palette: Palette;
  /** In pixels. A narrow picture has the same letters as a wide one, so that they are readable on a telephone. */
  readonly width: number;
  readonly isNarrow: boolean;
  /** What is missing from the data, in words. */
  readonly notes: readonly string[];
}

/** The look for a theme and a size. */
export const toLook = (theme: Theme, size: Size): Look => ({
  palette: theme === 'dark' ? dark : light,
  width: size === 'narrow' ? 360 : 720,
  isNarrow: size === 'narrow',
  notes: [],
});

export const LookContext = createContext<Look>(toLook('light', 'wide'));

/** How the picture is drawn of which this is a part. */
export const useLook = (): Look => useContext(LookContext);
