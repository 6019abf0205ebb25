import { VARIABLES } from '../../lib/config.ts';

/** The text of `.env.example`: every variable of the configuration with its line of explanation and its default. */
export function envExample(): string {
  const entries = Object.entries(VARIABLES).map(([name, { doc, fallback }]) => `# ${doc}\n${name}=${fallback}\n`);
  return `# Copy to .env and change what is needed; what is empty or missing takes its default.\n\n${entries.join('\n')}`;
}
