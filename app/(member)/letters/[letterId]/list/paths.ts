export const listPath = (letterId: string): string => `/letters/${letterId}/list`;
export const entryPath = (letterId: string, signatureId: string): string => `${listPath(letterId)}/${signatureId}`;
