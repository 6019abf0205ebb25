export const listPath = (letterId: string): string => `/letters/${letterId}/list`;
export const entryPath = (letterId: string, signatureId: string): string => `${listPath(letterId)}/${signatureId}`;
export const vouchPath = (letterId: string): string => `${listPath(letterId)}/vouch`;
export const vouchRowsPath = (letterId: string): string => `${vouchPath(letterId)}/rows`;
