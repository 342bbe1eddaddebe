import { projectPath } from '../../../../schema/files.js';
import { ConfigError } from '../../../kit/config/config.js';
import { plainCatalogue } from '../../testing/test-catalogue.js';
import { bundledTables, readTablesSetting } from './tables-setting.js';

describe('<COUNTRY>_TABLES', () => {
  const read = (value?: string): string | null =>
    readTablesSetting(plainCatalogue, value === undefined ? {} : { DENMARK_TABLES: value });

  it('is the folder that comes with the project, a folder of one’s own, or none', () => {
    expect(read()).toBe(projectPath('services/denmark/data'));
    expect(read('')).toBe(bundledTables(plainCatalogue));
    expect(read(projectPath('services/italy/data'))).toBe(projectPath('services/italy/data'));
    expect(read('none')).toBeNull();
  });

  it.each(['no/where', projectPath('schema'), projectPath('package.json')])('refuses %s by name', (value) => {
    expect(() => read(value)).toThrow(ConfigError);
    expect(() => read(value)).toThrow(/^DENMARK_TABLES must be a folder with tables of a catalogue/);
  });
});
