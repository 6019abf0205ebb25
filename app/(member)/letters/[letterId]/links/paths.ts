export const linksPath = (letterId: string): string => `/letters/${letterId}/links`;
