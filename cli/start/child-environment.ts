import { ownVariables } from './settings.js';

/** The environment of a child: the runner's without the variables it reads itself, and the child's own. */
export function childEnvironment(env: NodeJS.ProcessEnv, own: Record<string, string>): NodeJS.ProcessEnv {
  const hidden = new Set(ownVariables());
  // Libraries check less and answer faster when they are told that nobody develops them here.
  return {
    NODE_ENV: 'production',
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !hidden.has(name))),
    ...own,
  };
}
