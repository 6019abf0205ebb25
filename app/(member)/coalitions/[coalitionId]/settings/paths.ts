export const settingsPath = (coalitionId: string): string => `/coalitions/${coalitionId}/settings`;

/** The picture itself; only members get it. `version` makes a changed one be asked for anew. */
export const logoPath = (coalitionId: string, version: string): string => `/api/files/coalitions/${coalitionId}/logo?v=${version}`;
