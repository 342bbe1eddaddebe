/** About how wide a letter is, in parts of the size of its font: a picture is drawn where no fonts can be measured. */
const letterWidth = 0.55;

/** About how wide a text is, in pixels. */
export const widthOf = (text: string, fontSize: number): number => text.length * fontSize * letterWidth;

/** Characters that XML does not allow; with one of them a picture would not be shown at all. */
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** A text of a catalogue as a text of a picture. */
export const toSvgText = (text: string): string => text.replaceAll(notXml, '\ufffd');

/** The beginning of a text that fits into a width. */
export function fitText(text: string, width: number, fontSize: number): string {
  const max = Math.max(1, Math.floor(width / (fontSize * letterWidth)));
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}

/** The lines of a text in a width. What does not fit into the last line is left out. */
export function wrapText(text: string, { width, fontSize, maxLines }: WrapOptions): string[] {
  const max = Math.floor(width / (fontSize * letterWidth));
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= max || line === '') line = longer;
    else {
      lines.push(line);
      line = word;
    }
    // A text of thousands of characters is not read to its end.
    if (lines.length > maxLines) break;
  }
  lines.push(line);
  const shown = lines.slice(0, maxLines);
  if (lines.length > maxLines) shown.push(`${shown.pop() ?? ''} …`);
  return shown.map((each) => fitText(each, width, fontSize));
}

interface WrapOptions {
  readonly width: number;
  readonly fontSize: number;
  readonly maxLines: number;
}
